import Events
import Foundation
import Outbox

/// What happens to a delivery in the outbox: it is committed, claimed and settled, for two listeners.
enum OutboxBenchmarks {
    static let all = [compress, commit, claim, settle]

    /// As many connections as the goals of `make bench` have.
    private static let batch = 32
    private static let listeners = ["one", "two"]
    private static let now = Timestamp(milliseconds: 1_767_225_600_000)

    private static let compress = Microbenchmark(name: "payload.compress", count: 400) { count in
        let body = ProviderBenchmarks.largeBody()
        for _ in 0..<count { use(StoredPayload(compressing: body)) }
    }

    /// A delivery, in transactions of 32.
    private static let commit = Microbenchmark(name: "outbox.commit", count: 40 * batch) { count in
        try await withOutbox { outbox in try await fill(outbox, count) }
    }

    /// A delivery that is committed, and its two dispatches claimed: what is more than `outbox.commit`.
    private static let claim = Microbenchmark(name: "outbox.commit+claim", count: 40 * batch) { count in
        try await withOutbox { outbox in
            try await fill(outbox, count)
            for listener in listeners { _ = try await claim(outbox, listener, count) }
        }
    }

    /// The same, and the outcomes recorded.
    private static let settle = Microbenchmark(name: "outbox.commit+claim+settle", count: 40 * batch) {
        count in
        try await withOutbox { outbox in
            try await fill(outbox, count)
            for listener in listeners {
                for group in try await claim(outbox, listener, count) {
                    let records = group.map {
                        AttemptRecord(
                            $0,
                            finishedAt: now,
                            duration: .zero,
                            outcome: .delivered,
                            error: nil,
                            next: .delivered
                        )
                    }
                    _ = try await outbox.settle(records, listener: listener, claimingUpTo: 0)
                }
            }
        }
    }

    private static func claim(
        _ outbox: Outbox,
        _ listener: String,
        _ count: Int
    ) async throws -> [[ClaimedDispatch]] {
        var groups: [[ClaimedDispatch]] = []
        for _ in 0..<(count / batch) {
            let claim = try await outbox.settle([], listener: listener, claimingUpTo: batch)
            groups.append(claim.dispatches)
        }
        guard groups.joined().count == count else { throw MicrobenchmarkError("a claim took too few") }
        return groups
    }

    private static func fill(_ outbox: Outbox, _ count: Int) async throws {
        let template = try EventBenchmarks.delivery("0")
        for _ in 0..<(count / batch) {
            await withDiscardingTaskGroup { group in
                for _ in 0..<batch { group.addTask { await accept(template, outbox) } }
            }
        }
    }

    /// Has a delivery committed, under an id as random as GitHub's.
    private static func accept(_ template: Delivery, _ outbox: Outbox) async {
        var delivery = template
        delivery.deliveryId = UUID().uuidString
        await withCheckedContinuation { continuation in
            outbox.accept(delivery, listeners: [listeners]) { _ in continuation.resume() }
        }
    }

    private static func withOutbox(_ body: (Outbox) async throws -> Void) async throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory())
            .appendingPathComponent("forgewire-microbenchmark-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let outbox = try Outbox(path: folder.appendingPathComponent("outbox.db").path)
        defer { outbox.close() }
        let records = listeners.map {
            ListenerRecord(name: $0, kinds: [.pullRequest], target: .swift, ordering: .none)
        }
        _ = try await outbox.register(records)
        try await body(outbox)
    }
}
