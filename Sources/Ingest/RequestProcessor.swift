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

    /// Calls back once, perhaps before it returns, on any thread.
    func process(
        _ request: WebhookRequest,
        for source: SourceEntry,
        from remoteAddress: String?,
        completion: @escaping @Sendable (Answer) -> Void
    ) {
        guard request.body.count > Self.inlineBodyBytesMax else {
            return admit(request, for: source, from: remoteAddress, completion: completion)
        }
        context.threadPool.submit { state in
            switch state {
            case .active: admit(request, for: source, from: remoteAddress, completion: completion)
            case .cancelled: completion(.refused(.unavailable))
            }
        }
    }

    private func admit(
        _ request: WebhookRequest,
        for source: SourceEntry,
        from remoteAddress: String?,
        completion: @escaping @Sendable (Answer) -> Void
    ) {
        switch source.admitter.admit(request) {
        case .authentic(let delivery): commit(delivery, completion: completion)
        case .unsupportedMediaType: completion(.refused(.unsupported))
        case .unauthenticated(let reason):
            let name = source.admitter.name
            context.onRejection(Rejection(source: name, reason: reason, remoteAddress: remoteAddress))
            completion(.refused(.unauthenticated))
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
