package import Events

/// Where authentic deliveries go; the outbox in the daemon.
package protocol DeliverySink: Sendable {
    /// Commits durably, then calls back exactly once, on any thread.
    func accept(
        _ delivery: Delivery,
        completion: @escaping @Sendable (Result<DeliveryReceipt, DeliveryUnavailable>) -> Void
    )
}

/// A delivery could not be committed; the provider is asked to send it again.
package struct DeliveryUnavailable: Error, Hashable, Sendable {
    /// Why, for the operator's log.
    package var reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
