/// What the HTTP socket listens on and how much it takes; the key `ingest` of the configuration.
package struct IngestSettings: Sendable {
    /// Where to listen, unless descriptors are handed over.
    package var listen: [ListenAddress]
    /// The largest request body.
    package var maxBodyBytes: Int
    /// The limits of connections and requests.
    package var limits: IngestLimits
    /// Whose word about a client's address is taken.
    package var trustedProxies = TrustedProxies.none

    package init(
        listen: [ListenAddress] = [.tcp(host: "127.0.0.1", port: 8787)],
        maxBodyBytes: Int = 25 * 1024 * 1024,
        limits: IngestLimits = IngestLimits()
    ) {
        self.listen = listen
        self.maxBodyBytes = maxBodyBytes
        self.limits = limits
    }

    /// An IPv6 socket takes IPv4 connections too, unless the same port is asked for in IPv4.
    func isIPv6Only(_ address: ListenAddress) -> Bool {
        guard case .tcp(let host, let port) = address, host.utf8.contains(UInt8(ascii: ":")) else {
            return false
        }
        return listen.contains { other in
            guard case .tcp(let otherHost, port) = other else { return false }
            return !otherHost.utf8.contains(UInt8(ascii: ":"))
        }
    }
}

/// The limits of connections and requests; the key `ingest.limits` of the configuration.
package struct IngestLimits: Hashable, Sendable {
    /// The largest request head, from the request line to the empty line.
    package var headerBytes: Int = 32 * 1024
    /// From the first byte of a request, or the accept of a connection, to the end of the head.
    package var headerTimeout: Duration = .seconds(10)
    /// From the end of the head to the end of the body.
    package var bodyTimeout: Duration = .seconds(30)
    /// How long a connection may rest between requests, and how long a client may leave an answer untaken.
    ///
    /// Above the 60 s that usual proxies keep a connection: the one who closes first should be the one who
    /// sends.
    package var idleTimeout: Duration = .seconds(75)
    /// How many bytes a second of a body must come, 5 s from its begin on, once something is short.
    package var bodyMinRate: Int = 16 * 1024
    /// How many connections there may be.
    package var connections: Int = 2048
    /// How many of them may come from one IP address.
    package var connectionsPerAddress: Int = 1024
    /// How many bytes of bodies may be in memory in all.
    package var inFlightBytes: Int = 256 * 1024 * 1024

    package init() {}
}
