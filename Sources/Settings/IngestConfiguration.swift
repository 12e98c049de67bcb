/// The socket that takes deliveries.
///
/// Configuration keys of `ingest`:
/// - `listen` (list of addresses; default `127.0.0.1:8787`): `host:port`, `[v6]:port` or `unix:/path`; a
///   single address is a list of one, and a socket handed over by systemd wins.
/// - `trustedProxies` (list of address ranges, and `unix`; default none): who may say for whom they send.
/// - `forwardedHeader` (`x-forwarded-for` or `forwarded`; default `x-forwarded-for`): where they say it.
/// - `maxBodyBytes` (size; default `25MiB`; 1KiB to 1GiB): the largest body taken.
/// - `limits`: see `IngestLimits`.
package struct IngestConfiguration: Equatable, Sendable {
    /// The addresses to listen on; at least one.
    package var listen: [SocketAddressSetting] = [.tcp(host: "127.0.0.1", port: 8787)]
    /// The addresses of trusted proxies.
    package var trustedProxies: [ProxySetting] = []
    /// The header field that they write.
    package var forwardedHeader = ForwardedHeader.xForwardedFor
    /// The largest body taken, in bytes.
    package var maxBodyBytes = 25 * ByteSize.mebibyte
    /// What one client, and all together, may use.
    package var limits = IngestLimits()

    package init() {}

    init(_ section: Section) {
        section.read("listen", &listen, listOf: .socketAddress)
        section.read("trustedProxies", &trustedProxies, listOf: .proxy)
        section.read("forwardedHeader", &forwardedHeader, .word)
        section.read("maxBodyBytes", &maxBodyBytes, .size(in: ByteSize.kibibyte...ByteSize.gibibyte))
        limits = IngestLimits(section.section("limits"))
        section.finish()
        validate(section)
    }

    private func validate(_ section: Section) {
        if section.has("listen"), !section.hasEntries("listen") {
            section.error("listen has no address", at: section.mark(of: "listen"))
        }
        if Set(listen).count < listen.count {
            section.error("listen has an address twice", at: section.mark(of: "listen"))
        }
        if limits.inFlightBytes < maxBodyBytes {
            section.warning(
                "maxBodyBytes is more than limits.inFlightBytes: the largest bodies are always refused",
                at: section.mark(of: "maxBodyBytes")
            )
        }
    }
}

/// What one client, and all together, may use of the ingest socket.
///
/// Configuration keys of `ingest.limits`:
/// - `headerBytes` (size; default `32KiB`; 1KiB to 1MiB): the request line and all header fields.
/// - `headerTimeout` (duration; default `10s`; 1ms to 1h): from the connection to the end of the header.
/// - `bodyTimeout` (duration; default `30s`; 1ms to 1h): from the end of the header to the end of the body.
/// - `idleTimeout` (duration; default `75s`; 1ms to 1d): between two requests of a connection.
/// - `bodyMinRate` (size; default `16KiB`; 1B to 1GiB): bytes a second, 5 s from the begin of a body on; who
///   sends more slowly has to go first when something is short.
/// - `connections` (whole number; default 2048; 1 to 1000000): open at the same time.
/// - `connectionsPerAddress` (whole number; default 1024; 1 to 1000000): of these, from one address.
/// - `inFlightBytes` (size; default `256MiB`; 1KiB to 64GiB): bodies, and what is made of them, held in
///   memory before they are committed.
package struct IngestLimits: Equatable, Sendable {
    /// Where `connections` stands, for problems found later.
    package static let connectionsPath = "ingest.limits.connections"

    /// The request line and all header fields, in bytes.
    package var headerBytes = 32 * ByteSize.kibibyte
    /// How long a header may take.
    package var headerTimeout = Duration.seconds(10)
    /// How long a body may take.
    package var bodyTimeout = Duration.seconds(30)
    /// How long a connection may wait for its next request.
    package var idleTimeout = Duration.seconds(75)
    /// How many bytes a second of a body have to come.
    package var bodyMinRate = 16 * ByteSize.kibibyte
    /// The connections open at the same time.
    package var connections = 2048
    /// The connections open at the same time from one address.
    package var connectionsPerAddress = 1024
    /// The bytes of bodies held in memory before they are committed.
    package var inFlightBytes = 256 * ByteSize.mebibyte

    package init() {}

    init(_ section: Section) {
        let timeouts = Duration.milliseconds(1) ... .hours(1)
        section.read("headerBytes", &headerBytes, .size(in: ByteSize.kibibyte...ByteSize.mebibyte))
        section.read("headerTimeout", &headerTimeout, .duration(in: timeouts))
        section.read("bodyTimeout", &bodyTimeout, .duration(in: timeouts))
        section.read("idleTimeout", &idleTimeout, .duration(in: .milliseconds(1) ... .days(1)))
        section.read("bodyMinRate", &bodyMinRate, .size(in: 1...ByteSize.gibibyte))
        section.read("connections", &connections, .whole(in: 1...1_000_000))
        section.problems.locate(Self.connectionsPath, at: section.mark(of: "connections"))
        section.read("connectionsPerAddress", &connectionsPerAddress, .whole(in: 1...1_000_000))
        section.read("inFlightBytes", &inFlightBytes, .size(in: ByteSize.kibibyte...64 * ByteSize.gibibyte))
        section.finish()
    }
}
