import Events
import Foundation
import TestKit
import Testing

@testable import Outbox

@Suite("Checks of a file")
struct VerificationTests {
    @Test("An outbox that is whole is found so, also while it is written to")
    func whole() async throws {
        try await OutboxBench.use { bench in
            try await bench.acceptEvent("a")
            let found = try OutboxVerification(path: bench.path)
            #expect(found.problems == [] && !found.isOld)
            #expect(found.schemaVersion == Schema.currentVersion)
            #expect(found.deliveries == 1 && found.events == 1)
        }
    }

    @Test("Damaged pages, and rows that belong to nothing, are told of")
    func problems() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("outbox.db")
        func make() throws {
            try? FileManager.default.removeItem(atPath: path)  // the first time, there is none
            let bench = try OutboxBench.at(path)
            for number in 0..<200 { try bench.acceptAndWait(EventFactory.delivery("d-\(number)")) }
            bench.outbox.close()
        }
        try make()
        try CopiedOutbox.run("PRAGMA foreign_keys = OFF; DELETE FROM deliveries WHERE id = 7", on: path)
        let loose = try OutboxVerification(path: path).problems
        #expect(loose == ["a row of events belongs to none of deliveries"])

        try make()
        try CopiedOutbox.damage(path)
        var found: [String] = []
        do {
            found = try OutboxVerification(path: path).problems
        } catch let error {
            #expect(error.code == .corrupt)
            found = [error.message]
        }
        #expect((1...OutboxVerification.problemsMax).contains(found.count))
    }

    @Test("What is no outbox is told so", arguments: CopiedOutbox.Bad.allCases)
    func bad(kind: CopiedOutbox.Bad) throws {
        let folder = try TemporaryFolder()
        let path = folder.path("file.db")
        try CopiedOutbox.make(kind, at: path)
        let error = try #require(throws: OutboxError.self) { try OutboxVerification(path: path) }
        #expect(error.code == kind.code && error.message.contains(path))
    }
}
