extension Gitea {
    /// The end of the header with the delivery's GUID.
    static let deliverySuffix = "Delivery"
    /// The end of the header with the event's name.
    static let eventSuffix = "Event"
    /// The end of the header with the finer name that the forge has for the event.
    static let eventTypeSuffix = "Event-Type"

    /// The GUID and the event of the forge's own headers, else of the compatible ones; those that pretend to
    /// be GitHub's are never looked at.
    ///
    /// Some versions left the event's name empty where only its type was known.
    package func identify(_ request: WebhookRequest, body: JSONValue) -> DeliveryIdentity {
        let headers = request.headers
        let prefixes = dialect.headerPrefixes.lazy
        return DeliveryIdentity(
            deliveryId: prefixes.compactMap { headers.only($0 + Self.deliverySuffix) }.first,
            eventName: prefixes.compactMap {
                headers.only($0 + Self.eventSuffix) ?? headers.only($0 + Self.eventTypeSuffix)
            }.first
        )
    }
}
