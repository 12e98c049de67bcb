import Dispatcher
import Events
import Outbox

/// The dispatcher's view of the outbox: the writer claims and records, a reader gives payloads.
struct OutboxDispatchStore: DispatchStore {
    let outbox: Outbox
    let reader: OutboxReader

    func claim(listener: String, limit: Int, now: Timestamp) async throws -> Claim {
        try await outbox.claim(listener: listener, limit: limit, now: now)
    }

    func finish(_ record: AttemptRecord) async throws {
        try await outbox.finish(record)
    }

    func pause(listener: String, _ pause: ListenerPause) async throws {
        try await outbox.pause(listener: listener, pause)
    }

    func resume(listener: String) async throws {
        // The dispatcher ends what its breaker began, never an operator's pause.
        try await outbox.resume(listener: listener, pausedBy: .breaker)
    }

    func payload(ofDelivery id: Int64) async throws -> [UInt8] {
        guard let payload = try reader.payload(ofDelivery: id) else {
            throw OutboxError(.notFound, "delivery \(id) is not in the outbox any more")
        }
        return payload
    }
}
