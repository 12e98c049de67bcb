import Foundation
import Settings

/// Where `send` posts to.
struct SendTarget {
    /// The URL for the HTTP client; `http+unix` for a Unix socket.
    let url: String
    /// The URL for messages: one given on the command line may hold a password.
    let shownURL: String
    /// Whether it is a Unix socket.
    var isUnixSocket: Bool { url.hasPrefix("http+unix:") }

    /// Works out the URL.
    ///
    /// - Parameters:
    ///   - explicit: What the command line says; a URL without a path gets the source's.
    ///   - listen: The addresses that the daemon listens on.
    ///   - source: The source's name.
    /// - Throws: `CommandFailure` if neither gives a URL.
    init(explicit: String?, listen: [SocketAddressSetting], source: String) throws {
        let path = "/webhooks/\(source)"
        if let explicit {
            guard var parts = URLComponents(string: explicit), let scheme = parts.scheme,
                ["http", "https", "http+unix"].contains(scheme), parts.host?.isEmpty == false
            else { throw CommandFailure("--url is no http or https URL") }
            if parts.path.isEmpty || parts.path == "/" { parts.path = path }
            url = parts.string ?? explicit
            parts.user = nil
            parts.password = nil
            shownURL = parts.string ?? "the URL"
            return
        }
        guard let address = listen.first else {
            throw CommandFailure("ingest.listen is empty: say where to post with --url")
        }
        switch address {
        case .tcp(let host, let port):
            // A daemon that listens on all addresses is reached on loopback.
            let reachable = ["0.0.0.0": "127.0.0.1", "::": "::1", "*": "127.0.0.1"][host] ?? host
            let literal = reachable.contains(":") ? "[\(reachable)]" : reachable
            url = "http://\(literal):\(port)\(path)"
            shownURL = url
        case .unix(let socket):
            let host = socket.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? socket
            url = "http+unix://\(host)\(path)"
            shownURL = "unix:\(socket)"
        }
    }
}
