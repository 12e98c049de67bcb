import Events
import Foundation
import GRDB
import Synchronization
import TestKit
import Testing

@testable import Outbox

/// Outboxes and other files beside the one of a bench, looked at by SQLite alone.
enum CopiedOutbox {
    /// Files that are no good copies.
    enum Bad: CaseIterable {
        case missing, text, foreign, empty, newer

        /// What they are refused with.
        var code: OutboxError.Code {
            switch self {
            case .missing: .notFound
            case .text, .foreign, .empty: .corrupt
            case .newer: .newerSchema
            }
        }
    }

    /// Makes such a file.
    static func make(_ kind: Bad, at path: String) throws {
        switch kind {
        case .missing: break
        case .text:
            let text = String(repeating: "Dear diary, ", count: 1000)
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        case .foreign: try run("CREATE TABLE guests (name TEXT)", on: path)
        case .empty: try Data().write(to: URL(filePath: path))
        case .newer:
            try Outbox(path: path, clock: .showing(OutboxBench.now)).close()
            try run("PRAGMA user_version = \(Schema.currentVersion + 1)", on: path)
        }
    }

    /// Has SQL run on a file that nobody has open.
    static func run(_ sql: String, on path: String) throws {
        let connection = try DatabaseQueue(path: path)
        try connection.writeWithoutTransaction { try $0.execute(sql: sql) }
        try connection.close()
    }

    /// The ids of all events.
    static func eventIDs(in path: String) throws -> [Int64] {
        try read(path) { try Int64.fetchAll($0, sql: "SELECT id FROM events ORDER BY id") }
    }

    /// The one number that a query gives.
    static func number(_ sql: String, in path: String) throws -> Int {
        try read(path) { try Int.fetchOne($0, sql: sql) ?? 0 }
    }

    /// All that is in the file and beside it, for comparisons; nobody has it open.
    static func bytes(_ path: String) -> [String: Data] {
        var files: [String: Data] = [:]
        for suffix in [""] + UnfinishedFile.companions {
            files[suffix] = try? Data(contentsOf: URL(filePath: path + suffix))  // most are not there
        }
        return files
    }

    /// Overwrites the pages behind the first ones, where the tables' rows are.
    static func damage(_ path: String) throws {
        let pages = try number("PRAGMA page_count", in: path)
        let handle = try #require(FileHandle(forUpdatingAtPath: path))
        try handle.seek(toOffset: UInt64(Schema.pageSizeBytes))
        try handle.write(contentsOf: EventFactory.noise(Schema.pageSizeBytes * (pages - 1)))
        try handle.close()
    }

    private static func read<Value>(_ path: String, _ query: (Database) throws -> Value) throws -> Value {
        let connection = try OutboxConnection.reader(path: path)
        defer { try? connection.close() }  // a reader holds nothing that could be lost
        return try connection.read(query)
    }
}

extension OutboxBench {
    /// Has a delivery accepted while the thread waits, as a callback within a copy has to.
    @discardableResult
    func acceptAndWait(_ delivery: Delivery) throws -> DeliveryReceipt {
        let (done, box) = (DispatchSemaphore(value: 0), ReceiptBox())
        outbox.accept(delivery, listeners: delivery.events.map { _ in ["one"] }) { result in
            box.result.withLock { $0 = result }
            done.signal()
        }
        done.wait()
        return try #require(box.result.withLock { $0 }).get()
    }
}

private final class ReceiptBox: Sendable {
    let result = Mutex<Result<DeliveryReceipt, OutboxError>?>(nil)
}
