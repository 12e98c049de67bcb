import AsyncHTTPClient
import Events
import NIOCore
import NIOHTTP1

/// The requests that endpoints get.
enum EndpointRequest {
    /// Headers that belong to the connection, or that say how the body is framed.
    private static let reservedNames: Set<String> = [
        "connection", "content-length", "expect", "host", "keep-alive", "proxy-authorization",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]
    /// Headers that say what Forgewire and Standard Webhooks have to say.
    private static let reservedPrefixes = ["webhook-", "forgewire-"]

    /// Makes the request of one attempt.
    ///
    /// - Parameters:
    ///   - dispatch: What is delivered.
    ///   - body: The event document.
    ///   - settings: The endpoint's.
    ///   - sentAt: The time now.
    /// - Returns: A POST.
    static func make(
        _ dispatch: ClaimedDispatch,
        body: [UInt8],
        _ settings: EndpointSettings,
        sentAt: Timestamp
    ) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: settings.url)
        request.method = .POST
        request.body = .bytes(ByteBuffer(bytes: body))
        request.headers = HTTPHeaders(
            settings.headers.filter { !isReserved($0.name) }.map { ($0.name, $0.value) }
        )
        addIfMissing("content-type", "application/json", to: &request.headers)
        addIfMissing("user-agent", settings.userAgent, to: &request.headers)
        let id = settings.webhookID(dispatch)
        request.headers.add(name: "webhook-id", value: id)
        request.headers.add(name: "webhook-timestamp", value: "\(sentAt.milliseconds / 1000)")
        if dispatch.isOutOfOrder { request.headers.add(name: "forgewire-out-of-order", value: "1") }
        let signature = settings.sign(id, sentAt, body)
        for header in signature { request.headers.remove(name: header.name) }
        for header in signature { request.headers.add(name: header.name, value: header.value) }
        return request
    }

    /// Whether a header may not come from the configuration.
    static func isReserved(_ name: String) -> Bool {
        let name = name.lowercased()
        return reservedNames.contains(name) || reservedPrefixes.contains { name.hasPrefix($0) }
    }

    private static func addIfMissing(_ name: String, _ value: String, to headers: inout HTTPHeaders) {
        if !headers.contains(name: name) { headers.add(name: name, value: value) }
    }
}
