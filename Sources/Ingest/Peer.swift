import Providers

/// Who is at the other end of a connection.
struct Peer: Sendable {
    /// The IP address; nil behind a Unix socket.
    let address: String?
    /// Whether its word about the client's address is taken.
    let isTrusted: Bool
    /// Whom the connection is counted for.
    let usage: AddressUsage
}

/// Who sends a request: the peer, or the client for whom a trusted proxy sends it.
///
/// Held as long as the request is in progress, because that is how long the client is counted.
final class Client: Sendable {
    /// The IP address; nil where nobody tells.
    let address: String?
    /// What is counted for the client.
    let usage: AddressUsage
    private let usages: AddressUsages?

    /// Reads the header field of a trusted proxy.
    init(_ peer: Peer, headers: HeaderFields, shared: ConnectionContext) {
        let proxies = shared.settings.trustedProxies
        let named = peer.isTrusted ? proxies.client(in: headers.values(proxies.header.rawValue)) : nil
        address = named ?? peer.address
        if let named {
            usages = shared.usages
            usage = shared.usages.take(ClientAddress(peer: named))
        } else {
            usages = nil
            usage = peer.usage
        }
    }

    deinit { usages?.giveBack(usage) }
}
