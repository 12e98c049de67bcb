import Dispatcher
package import Events
package import Ingest
package import Outbox

/// Takes authentic deliveries from ingest: decides who gets the events, has the outbox commit all of it, and
/// tells the dispatcher afterwards.
package struct DeliveryRouter: DeliverySink {
    private let outbox: Outbox
    private let subscriptions: SubscriptionTable
    private let onCommitted: @Sendable (Delivery, _ listeners: Set<String>) -> Void

    /// Makes a router.
    ///
    /// - Parameters:
    ///   - outbox: Where deliveries are committed.
    ///   - subscriptions: Who gets what.
    ///   - onCommitted: Told of each new delivery, once it is on disk, and of the listeners that have work
    /// from it.
    package init(
        outbox: Outbox,
        subscriptions: SubscriptionTable,
        onCommitted: @escaping @Sendable (Delivery, _ listeners: Set<String>) -> Void
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
        outbox.accept(delivery, listeners: listeners) { [onCommitted] result in
            switch result {
            case .success(let receipt):
                if !receipt.isDuplicate { onCommitted(delivery, Set(listeners.joined())) }
                completion(.success(receipt))
            case .failure(let error):
                completion(.failure(DeliveryUnavailable(reason: error.message)))
            }
        }
    }
}
