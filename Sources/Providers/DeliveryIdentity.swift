import Signatures

/// Which delivery and event a request is, as the provider says; both may be missing.
package struct DeliveryIdentity: Hashable, Sendable {
    /// The provider's own id of the delivery; nil where the request carries none.
    package var deliveryId: String?
    /// The provider's own name of the event.
    package var eventName: String?

    package init(deliveryId: String?, eventName: String?) {
        self.deliveryId = deliveryId
        self.eventName = eventName
    }

    /// The id of a delivery that carries none, or one that cannot be stored: a repetition has the same one.
    package static func digest(of body: [UInt8]) -> String {
        "sha256:" + Hexadecimal.encode(SHA256.digest(of: body))
    }
}
