import Events
import Foundation
import GRDB
import TestKit
import Testing

@testable import Outbox

@Suite("Files that are moved while they are open")
struct MovedFilesTests {
    @Test(
        "Nothing is committed to a file that others do not find, until it is back",
        arguments: ["", "-wal"]
    )
    func moved(suffix: String) async throws {
        try await OutboxBench.use { bench in
            try await bench.accept(EventFactory.delivery("before"))
            #expect(bench.outbox.isInPlace)
            let (place, away) = (bench.path + suffix, bench.path + ".away")
            try FileManager.default.moveItem(atPath: place, toPath: away)
            #expect(!bench.outbox.isInPlace)
            for _ in 0..<3 {
                guard
                    case .failure(let error) = await bench.outbox.accept(
                        EventFactory.delivery("d"),
                        to: ["one"]
                    )
                else {
                    Issue.record("accepted")
                    return
                }
                #expect(error.code == .unavailable)
                #expect(error.message.contains("\(place) was moved, deleted or replaced"))
            }
            #expect(bench.healthReports == [.unavailable])
            try FileManager.default.moveItem(atPath: away, toPath: place)
            #expect(bench.outbox.isInPlace)
            #expect(try bench.rows("SELECT delivery_id FROM deliveries") == ["before"])
            let receipt = try await bench.accept(EventFactory.delivery("d"))
            #expect(!receipt.isDuplicate)
            #expect(bench.healthReports == [.unavailable, nil])
        }
    }

    @Test("A file that is moved during the commit has its deliveries refused, and outcomes are not repeated")
    func movedMeanwhile() async throws {
        try await OutboxBench.use { bench in
            let (place, away) = (bench.path, bench.path + ".away")
            let isRecorded = DispatchSemaphore(value: 0)
            let job = WriteJob(
                bytes: 0,
                isSynced: false,
                perform: { context in
                    context.database.afterNextTransaction { _ in unsafe rename(place, away) }
                    return { isRecorded.signal() }
                },
                fail: { Issue.record("\($0)") }
            )
            let results = await bench.acceptTogether([(EventFactory.delivery("d"), ["one"])], and: job)
            #expect(results.map(\.code) == [.unavailable])
            #expect(isRecorded.wait(timeout: .now() + 60) == .success)
            #expect(bench.healthReports == [.unavailable])
            #expect(unsafe rename(away, place) == 0)
            try await bench.accept(EventFactory.delivery("next"))
        }
    }
}
