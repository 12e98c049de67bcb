package import Events
package import Ingest
package import Outbox

/// Takes authentic deliveries from ingest: decides who gets the events, and has the outbox commit all of it.
package struct DeliveryRouter: DeliverySink {
    private let outbox: Outbox
    private let subscriptions: SubscriptionTable
    private let makeNotice: @Sendable (Delivery) -> @Sendable () -> Void

    /// Makes a router.
    ///
    /// - Parameters:
    ///   - outbox: Where deliveries are committed.
    ///   - subscriptions: Who gets what.
    ///   - makeNotice: Asked by the thread that brings a delivery; what it returns is called once the
    ///     delivery is on disk, if it is new, and so should not hold it.
    package init(
        outbox: Outbox,
        subscriptions: SubscriptionTable,
        makeNotice: @escaping @Sendable (Delivery) -> @Sendable () -> Void
    ) {
        self.outbox = outbox
        self.subscriptions = subscriptions
        self.makeNotice = makeNotice
    }

    /// Commits durably, then calls back exactly once, on the outbox's thread.
    package func accept(
        _ delivery: Delivery,
        completion: @escaping @Sendable (Result<DeliveryReceipt, DeliveryUnavailable>) -> Void
    ) {
        let listeners = subscriptions.listeners(taking: delivery.events)
        let notice = makeNotice(delivery)
        outbox.accept(delivery, listeners: listeners) { result in
            switch result {
            case .success(let receipt):
                if !receipt.isDuplicate { notice() }
                completion(.success(receipt))
            case .failure(let error):
                completion(.failure(DeliveryUnavailable(reason: error.message)))
            }
        }
    }
}
