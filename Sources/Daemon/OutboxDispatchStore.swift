import Dispatcher
import Events
import NIOPosix
import Outbox

/// The dispatcher's view of the outbox: the writer claims and records, a reader gives payloads.
struct OutboxDispatchStore: DispatchStore {
    let outbox: Outbox
    let reader: OutboxReader

    func settle(
        _ records: [AttemptRecord],
        listener: String,
        claimingUpTo limit: Int
    ) async throws -> Claim {
        try await outbox.settle(records, listener: listener, claimingUpTo: limit)
    }

    func pause(listener: String, _ pause: ListenerPause) async throws {
        try await outbox.pause(listener: listener, pause)
    }

    func hold(listener: String, until time: Timestamp) async throws {
        try await outbox.hold(listener: listener, until: time)
    }

    func resume(listener: String, pausedBy origin: PauseOrigin?) async throws {
        try await outbox.resume(listener: listener, pausedBy: origin)
    }

    func payload(ofDelivery id: Int64) async throws -> [UInt8] {
        // A large payload takes a while, which no event loop and no task should wait for.
        let payload = try await NIOThreadPool.singleton.runIfActive { try reader.payload(ofDelivery: id) }
        guard let payload else {
            throw OutboxError(.notFound, "delivery \(id) is not in the outbox any more")
        }
        return payload
    }
}
