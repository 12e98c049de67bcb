/// Where the daemon listens.
package enum ListenAddress: CustomStringConvertible, Hashable, Sendable {
    /// A host name or IP address without brackets, and a port; port 0 lets the system choose.
    case tcp(host: String, port: Int)
    /// The path of a Unix socket.
    case unix(path: String)

    /// The address as the configuration writes it.
    package var description: String {
        switch self {
        case .tcp(let host, let port):
            host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unix(let path): "unix:\(path)"
        }
    }
}
