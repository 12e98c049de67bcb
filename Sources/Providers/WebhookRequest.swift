package import Events

/// A complete request as it came from the socket, not yet authenticated.
package struct WebhookRequest: Sendable {
    /// The header fields as received.
    package var headers: HeaderFields
    /// The body as received, already within the configured limit.
    package var body: [UInt8]
    /// When the last byte arrived.
    package var receivedAt: Timestamp

    package init(headers: HeaderFields, body: [UInt8], receivedAt: Timestamp) {
        self.headers = headers
        self.body = body
        self.receivedAt = receivedAt
    }
}
