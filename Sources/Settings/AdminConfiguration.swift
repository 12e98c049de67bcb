/// The socket that answers health checks and metrics.
///
/// Configuration keys of `admin`:
/// - `listen` (address; default `127.0.0.1:8788`): `host:port`, `[v6]:port` or `unix:/path`.
package struct AdminConfiguration: Equatable, Sendable {
    /// The address to listen on.
    package var listen = SocketAddressSetting.tcp(host: "127.0.0.1", port: 8788)

    package init() {}

    init(_ section: Section) {
        section.read("listen", &listen, .socketAddress)
        section.finish()
    }
}
