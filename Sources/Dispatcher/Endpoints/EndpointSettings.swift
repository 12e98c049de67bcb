package import Events

/// What an HTTP endpoint's listener is made of.
package struct EndpointSettings: CustomStringConvertible, Sendable {
    /// Gives the headers that sign one request.
    ///
    /// - Parameters:
    ///   - id: The `webhook-id`.
    ///   - sentAt: What the `webhook-timestamp` says, to the second.
    ///   - body: The request's body.
    /// - Returns: Headers, which replace those of the runner that have the same name; none if there is no
    ///   secret to sign with.
    package typealias Signer =
        @Sendable (_ id: String, _ sentAt: Timestamp, _ body: [UInt8]) -> [(name: String, value: String)]

    /// Where requests go: an http or https URL.
    package var url: String
    /// Headers that the configuration adds; their values are secret.
    package var headers: [(name: String, value: String)] = []
    /// Signs.
    package var sign: Signer = { _, _, _ in [] }
    /// A PEM file with the only authorities that are trusted; nil for those of the system.
    package var caFile: String?
    /// Whether an internal address may be connected to: 4 or 16 bytes in network order; an IPv4 address
    /// inside IPv6 comes as the 4 that it is.
    package var allowedAddresses: @Sendable (_ address: [UInt8]) -> Bool = { _ in false }
    /// Whether the event document carries what the provider sent.
    package var includesPayload = false
    /// Gives the `webhook-id` of a dispatch, without a dot: what an endpoint tells repetitions by, the same
    /// over all attempts of a dispatch, another one for every other.
    package var webhookID: @Sendable (ClaimedDispatch) -> String
    /// What `user-agent` says unless the configuration has that header.
    package var userAgent: String
    /// How many attempts run at once, and so how many connections there are.
    package var concurrency: Int
    /// How long a connection is kept for the next attempt: less than the 5 s after which Node.js, the most
    /// impatient of the common servers, closes it, perhaps while a request is on its way.
    package var idleTimeout = Duration.seconds(4)
    /// How much of an answer's body is read, so that its connection can be used again.
    package var responseBytesMax = 64 * 1024

    package init(
        url: String,
        webhookID: @escaping @Sendable (ClaimedDispatch) -> String,
        userAgent: String,
        concurrency: Int
    ) {
        self.url = url
        self.webhookID = webhookID
        self.userAgent = userAgent
        self.concurrency = concurrency
    }

    /// Nothing of the URL and the headers, which hold secrets.
    package var description: String { "EndpointSettings" }

    /// What an answer is not quoted with, should it repeat the request: headers, query, tokens in the path.
    ///
    /// Shorter texts are hardly secret, and leaving them out would garble what is quoted.
    var secrets: [String] {
        let parts = url.split(separator: "?", maxSplits: 1)
        let query = parts.dropFirst().map(String.init)
        let path = parts.first?.split(separator: "/").dropFirst(2).map(String.init) ?? []
        // The whole first, then its words: of `Bearer abc`, the token alone may be repeated.
        let words = (headers.map(\.value) + query).flatMap { text in
            [text] + text.split { " &=".contains($0) }.map(String.init)
        }
        return words.filter { $0.utf8.count >= 8 } + path.filter { $0.utf8.count >= 16 }
    }
}
