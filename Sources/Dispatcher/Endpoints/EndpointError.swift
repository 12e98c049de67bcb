/// Why an attempt at an endpoint failed; every one of these that is thrown is repeated.
enum EndpointError: Error, Hashable, CustomStringConvertible, Sendable {
    /// The configured URL cannot be used.
    case unusableURL
    /// The file of trusted certificates cannot be read.
    case unusableCAFile(path: String)
    /// The host's name has no address.
    case unresolved(host: String, reason: String)
    /// All addresses of the host are internal; this is one of them.
    case internalAddress(EndpointAddress)
    /// There is no connection, and nothing was sent.
    case cannotConnect(EndpointAddress, reason: String)
    /// The connection ended before there was an answer.
    case connectionLost(reason: String)
    /// The answer is not HTTP.
    case notHTTP
    /// The answer was neither 2xx nor 410; of 413, and of what says when to come back, the text alone counts.
    case refused(answer: String)
    /// Something that has no words of its own here.
    case failed(reason: String)
    /// The listener was removed or changed.
    case closed

    /// What went wrong, and what can be done; without the URL, which is often secret.
    var description: String {
        switch self {
        case .unusableURL: "the endpoint's URL cannot be used; correct it in the configuration"
        case .unusableCAFile(let path):
            "cannot read certificates in PEM form from the CA file \(path)"
        case .unresolved(let host, let reason): "cannot resolve \(host): \(reason)"
        case .internalAddress(let address):
            "the endpoint's address \(address) is internal; allow it with allowAddresses"
        case .cannotConnect(let address, let reason): "cannot connect to \(address): \(reason)"
        case .connectionLost(let reason): "the connection ended before an answer: \(reason)"
        case .notHTTP: "the endpoint's answer is not HTTP"
        case .refused(let answer): "the endpoint answered \(answer)"
        case .failed(let reason): "the request failed: \(reason)"
        case .closed: "the listener was stopped before the endpoint answered"
        }
    }
}
