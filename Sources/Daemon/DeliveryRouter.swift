package import Events
package import Ingest
package import Outbox

/// Takes authentic deliveries from ingest: decides who gets the events, and has the outbox commit all of it.
package struct DeliveryRouter: DeliverySink {
    private let outbox: Outbox
    private let subscriptions: SubscriptionTable
    private let onCommitted: @Sendable (Delivery) -> Void

    /// Makes a router.
    ///
    /// - Parameters:
    ///   - outbox: Where deliveries are committed.
    ///   - subscriptions: Who gets what.
    ///   - onCommitted: Told of each new delivery, without its payload, once it is on disk.
    package init(
        outbox: Outbox,
        subscriptions: SubscriptionTable,
        onCommitted: @escaping @Sendable (Delivery) -> Void
    ) {
        self.outbox = outbox
        self.subscriptions = subscriptions
        self.onCommitted = onCommitted
    }

    /// Commits durably, then calls back exactly once, on the outbox's thread.
    package func accept(
        _ delivery: Delivery,
        completion: @escaping @Sendable (Result<DeliveryReceipt, DeliveryUnavailable>) -> Void
    ) {
        let listeners = subscriptions.listeners(taking: delivery.events)
        // What waits for its commit keeps no second copy of the payload alive.
        var told = delivery
        told.payload = []
        outbox.accept(delivery, listeners: listeners) { [onCommitted, told] result in
            switch result {
            case .success(let receipt):
                if !receipt.isDuplicate { onCommitted(told) }
                completion(.success(receipt))
            case .failure(let error):
                completion(.failure(DeliveryUnavailable(reason: error.message)))
            }
        }
    }
}
