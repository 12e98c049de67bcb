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
        let size = DerivedSize(of: body)
        guard request.account.reserve(size.whileRead, for: size.use) else {
            return completion(.refused(.unavailable))
        }
        let webhook = WebhookRequest(headers: request.headers, body: body, receivedAt: request.receivedAt)
        switch source.admitter.admit(webhook) {
        case .authentic(let delivery):
            // Before anybody can hear of the answer, with which all of it is given back.
            request.account.release(size.whileRead - size.whileCommitted, of: size.use)
            commit(delivery, completion: completion)
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
