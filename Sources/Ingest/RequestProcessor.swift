import Dispatch
import Events
import Logging
import NIOPosix
import Providers

/// Takes a complete request from its source's judgement to the sink; knows no connection.
struct RequestProcessor: Sendable {
    /// Bodies up to this size are authenticated and read where the request arrived.
    ///
    /// That takes about 0.2 ms for 64 KiB, and the way to another thread and back is not free either. A
    /// larger one would hold up the other connections.
    static let inlineBodyBytesMax = 64 * 1024

    let context: IngestContext
    private let overflow = DispatchSemaphore(value: 1)

    /// Calls back once, perhaps before it returns, on any thread.
    func process(_ request: CompleteRequest, completion: @escaping @Sendable (Answer) -> Void) {
        guard request.body.count > Self.inlineBodyBytesMax else {
            return admit(request, completion: completion)
        }
        context.threadPool.submit { state in
            switch state {
            case .active: admit(request, completion: completion)
            case .cancelled: completion(.refused(.unavailable))
            }
        }
    }

    private func admit(_ request: CompleteRequest, completion: @escaping @Sendable (Answer) -> Void) {
        let source = request.source
        let body = request.body.takeBytes()
        var room: Room?
        let webhook = WebhookRequest(headers: request.headers, body: body, receivedAt: request.receivedAt)
        let admission = source.admitter.admit(webhook) {
            room = makeRoom(for: body, request.account)
            return room != nil
        }
        // Before anybody can hear of the answer, with which all of it is given back.
        if let room { leave(room, request.account) }
        switch admission {
        case .authentic(let delivery): commit(delivery, completion: completion)
        case .noRoom: completion(.refused(.unavailable))
        case .unsupportedMediaType: completion(.refused(.unsupported))
        case .unauthenticated(let reason):
            let rejection = Rejection(
                source: source.admitter.name,
                reason: reason,
                remoteAddress: request.remoteAddress
            )
            context.onRejection(rejection)
            completion(.refused(.unauthenticated))
        }
    }

    /// The memory that an authentic request is read in.
    private struct Room {
        let size: DerivedSize
        let isOverflowing: Bool
    }

    /// Counts the memory in which an authentic body is read; nil if there is none.
    ///
    /// A large delivery that finds too little waits for its turn to take more than there is, one at a time: a
    /// forge that sends it once must not lose it. What it takes is not counted, so that it takes nothing from
    /// what is kept for small ones. On a thread of the pool that holds up nobody else for longer than another
    /// one is read.
    private func makeRoom(for body: [UInt8], _ account: ConnectionAccount) -> Room? {
        let size = DerivedSize(of: body)
        if account.reserve(size.whileRead, for: size.use) { return Room(size: size, isOverflowing: false) }
        guard size.use == .derived else { return nil }
        overflow.wait()
        return Room(size: size, isOverflowing: true)
    }

    private func leave(_ room: Room, _ account: ConnectionAccount) {
        if room.isOverflowing {
            overflow.signal()
        } else {
            account.release(room.size.whileRead - room.size.whileCommitted, of: room.size.use)
        }
    }

    private func commit(_ delivery: Delivery, completion: @escaping @Sendable (Answer) -> Void) {
        let logger = context.logger
        let source = delivery.source
        context.sink.accept(delivery) { result in
            switch result {
            case .success(let receipt):
                logger.debug(
                    "A delivery is accepted",
                    metadata: [
                        LogKey.sourceName: "\(source)",
                        LogKey.deliveryID: "\(receipt.delivery)",
                        LogKey.eventID: "\(receipt.events)",
                    ]
                )
                completion(.accepted(receipt))
            case .failure(let unavailable):
                logger.debug(
                    "A delivery cannot be committed",
                    metadata: [
                        LogKey.sourceName: "\(source)",
                        LogKey.errorMessage: "\(unavailable.reason)",
                    ]
                )
                completion(.refused(.unavailable))
            }
        }
    }
}
