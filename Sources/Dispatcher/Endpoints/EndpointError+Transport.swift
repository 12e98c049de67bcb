import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOSSL

extension EndpointError {
    /// Translates what the HTTP client throws; none of its own texts are passed on that may hold a header.
    ///
    /// - Parameters:
    ///   - error: What was thrown.
    ///   - address: Where the request went.
    init(_ error: any Error, at address: EndpointAddress) {
        switch error {
        case let error as EndpointError: self = error
        case let error as HTTPClientError: self = Self.client(error, address)
        case let error as IOError: self = Self.inputOutput(error, address)
        case ChannelError.connectTimeout: self = .cannotConnect(address, reason: Self.noAnswer)
        case is ChannelError: self = .connectionLost(reason: "closed by the endpoint")
        case is HTTPParserError: self = .notHTTP
        case NIOSSLError.uncleanShutdown: self = .connectionLost(reason: "closed by the endpoint")
        case is NIOSSLError, is NIOSSLExtraError, is BoringSSLError:
            self = .cannotConnect(address, reason: Self.tlsReason(error))
        default: self = .failed(reason: Self.clipped(error))
        }
    }

    /// Whether nothing of the request was sent, so that it may go to another address at once.
    var isBeforeRequest: Bool {
        if case .cannotConnect = self { true } else { false }
    }

    private static let noAnswer = "no answer within \(EndpointClients.connectTimeoutSeconds) seconds"

    private static func client(_ error: HTTPClientError, _ address: EndpointAddress) -> EndpointError {
        switch error {
        case .connectTimeout, .getConnectionFromPoolTimeout: .cannotConnect(address, reason: noAnswer)
        case .tlsHandshakeTimeout: .cannotConnect(address, reason: "TLS failed: \(noAnswer)")
        case .remoteConnectionClosed: .connectionLost(reason: "closed by the endpoint")
        case .cancelled, .alreadyShutdown: .closed
        case .invalidURL, .emptyHost, .emptyScheme: .unusableURL
        // The short description has no values of headers, unlike the long one.
        default: .failed(reason: error.shortDescription)
        }
    }

    private static func inputOutput(_ error: IOError, _ address: EndpointAddress) -> EndpointError {
        switch error.errnoCode {
        case ECONNREFUSED: .cannotConnect(address, reason: "connection refused")
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN, EADDRNOTAVAIL, EAFNOSUPPORT, EINVAL:
            .cannotConnect(address, reason: "there is no way to this address")
        case EACCES, EPERM: .cannotConnect(address, reason: "this system does not permit it")
        case EMFILE, ENFILE: .cannotConnect(address, reason: "too many open files; raise the limit")
        case ECONNRESET, EPIPE: .connectionLost(reason: "reset by the endpoint")
        case ETIMEDOUT: .connectionLost(reason: "the endpoint is not reachable any more")
        default: .connectionLost(reason: clipped(error))
        }
    }

    /// What is common enough to be said in words, by what BoringSSL says.
    private static let tlsReasons = [
        ("CERTIFICATE_VERIFY_FAILED", "its certificate is not trusted, or not valid at this time"),
        ("EOF during handshake", "closed by the endpoint during the handshake"),
        ("PROTOCOL_VERSION", "it does not speak TLS 1.2 or later"),
        ("UNSUPPORTED_PROTOCOL", "it does not speak TLS 1.2 or later"),
        ("WRONG_VERSION_NUMBER", "it does not speak TLS here"),
    ]

    private static func tlsReason(_ error: any Error) -> String {
        let isOtherName = (error as? NIOSSLExtraError) == .failedToValidateHostname
        if isOtherName || (error as? NIOSSLError) == .unableToValidateCertificate {
            return "TLS failed: its certificate is for another host"
        }
        let text = String(describing: error)
        let known = tlsReasons.first { text.contains($0.0) }
        return "TLS failed: \(known?.1 ?? clipped(error))"
    }

    private static func clipped(_ error: any Error) -> String {
        Excerpt.of(String(describing: error).utf8, without: [], bytesMax: 200)
    }
}
