import Foundation
import GRDB
import Providers
import Synchronization
import TestKit
import Testing

@Suite("A daemon that is killed", .timeLimit(.minutes(60)))
struct KillTests {
    /// `FORGEWIRE_KILLS` has more of them.
    private static let rounds =
        ProcessInfo.processInfo.environment["FORGEWIRE_KILLS"].flatMap { Int($0) } ?? 20
    private static let senders = 16

    /// What was answered with 202, over all rounds.
    private final class Ledger: Sendable {
        private let state = Mutex<(accepted: [String: [Int64]], killAt: Int)>(([:], 0))

        var accepted: [String: [Int64]] { state.withLock { $0.accepted } }

        func setKill(after count: Int) { state.withLock { $0.killAt = $0.accepted.count + count } }

        /// Notes an answer; true for the one at which the daemon is to be killed.
        func note(_ deliveryID: String, _ events: [Int64]) -> Bool {
            state.withLock { state in
                state.accepted[deliveryID] = events
                return state.accepted.count == state.killAt
            }
        }
    }

    @Test("Kills among sixteen senders lose and double no delivery that was answered with 202")
    func kills() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(
            DaemonProcess.configuration(listeners: "event-log: {}, check-failures: {}")
        )
        let body = try #require(
            GitHub().samples.first { $0.name == "check_run.completed" }
        ).body
        let ledger = Ledger()
        var random = SeededGenerator(printedFor: "kills")
        var printed: [String] = []
        for round in 0..<Self.rounds {
            let daemon = try await DaemonProcess(in: folder)
            ledger.setKill(after: Int.random(in: 1...200, using: &random))
            await send(body, to: daemon, ledger: ledger, round: round)
            _ = try await daemon.exit()
            printed += daemon.output.lines
        }
        let accepted = ledger.accepted
        #expect(accepted.count >= Self.rounds)

        let last = try await DaemonProcess(in: folder)
        // All lines are looked at for each that comes, so only what is missing still.
        let missing = Set(accepted.values.joined()).subtracting(Self.eventIDs(in: printed))
        try await last.output.wait { lines in
            lines.count >= missing.count && missing.isSubset(of: Self.eventIDs(in: lines))
        }
        last.signal(SIGTERM)
        #expect(try await last.exit() == 0)
        try expectAllThere(accepted, in: folder)
    }

    private func send(_ body: [UInt8], to daemon: DaemonProcess, ledger: Ledger, round: Int) async {
        await withDiscardingTaskGroup { group in
            for sender in 0..<Self.senders {
                group.addTask {
                    var number = 0
                    // A request fails once the daemon is dead; what it was about may or may not be stored.
                    while let answer = try? await daemon.post(
                        body,
                        event: "check_run",
                        deliveryID: "\(round)-\(sender)-\(number)"
                    ) {
                        guard answer.status == 202 else { break }
                        if ledger.note("\(round)-\(sender)-\(number)", answer.events) {
                            daemon.signal(SIGKILL)
                        }
                        number += 1
                    }
                }
            }
        }
    }

    private func expectAllThere(_ accepted: [String: [Int64]], in folder: TemporaryFolder) throws {
        let rows = try folder.query(
            """
            SELECT d.delivery_id, e.id, count(x.listener),
                count(x.listener) FILTER (WHERE x.state = 'delivered')
            FROM deliveries AS d JOIN events AS e ON e.delivery = d.id JOIN dispatches AS x ON x.event = e.id
            GROUP BY e.id
            """
        )
        let stored = Dictionary(grouping: rows) { $0[0] as String }
        for (deliveryID, events) in accepted {
            #expect(stored[deliveryID]?.map { $0[1] as Int64 } == events, "\(deliveryID)")
        }
        #expect(stored.values.allSatisfy { $0.count == 1 })
        // Both listeners take check runs, and after the drain every dispatch has been delivered.
        #expect(rows.allSatisfy { $0[2] as Int == 2 && $0[3] as Int == 2 })
    }

    private static func eventIDs(in lines: [String]) -> Set<Int64> {
        Set(lines.compactMap { line in Int64(line.dropFirst(6).prefix { $0.isNumber }) })
    }
}
