import Events

/// What a request is answered with.
enum Answer: Hashable, Sendable {
    /// Committed, or a duplicate of what was committed before.
    case accepted(DeliveryReceipt)
    /// Not taken.
    case refused(Refusal)
}

/// Why a request is not taken; the raw value is the error code in the answer.
enum Refusal: String, CaseIterable, Hashable, Sendable {
    case malformed = "malformed_request"
    case unauthenticated = "unauthenticated"
    case notFound = "not_found"
    case methodNotAllowed = "method_not_allowed"
    case timedOut = "request_timeout"
    case tooLarge = "payload_too_large"
    case unsupported = "unsupported_media_type"
    case headerTooLarge = "header_too_large"
    case unavailable = "unavailable"
}

extension Answer {
    /// The status code.
    var status: Int {
        switch self {
        case .accepted: 202
        case .refused(.malformed): 400
        case .refused(.unauthenticated): 401
        case .refused(.notFound): 404
        case .refused(.methodNotAllowed): 405
        case .refused(.timedOut): 408
        case .refused(.tooLarge): 413
        case .refused(.unsupported): 415
        case .refused(.headerTooLarge): 431
        case .refused(.unavailable): 503
        }
    }

    /// Whether the request had proved authentic.
    var isAuthentic: Bool {
        switch self {
        case .accepted, .refused(.unsupported): true
        case .refused: false
        }
    }

    /// Whether the connection ends with it: what strangers cause costs them a connection each time.
    ///
    /// A media type that is not supported was authentic, and what is unavailable is no fault of the client's.
    var endsConnection: Bool {
        switch self {
        case .accepted, .refused(.unsupported), .refused(.unavailable): false
        case .refused: true
        }
    }

    /// The first line, and the header fields that are the status's own.
    var statusLines: StaticString {
        switch self {
        case .accepted: "HTTP/1.1 202 Accepted\r\n"
        case .refused(.malformed): "HTTP/1.1 400 Bad Request\r\n"
        case .refused(.unauthenticated): "HTTP/1.1 401 Unauthorized\r\n"
        case .refused(.notFound): "HTTP/1.1 404 Not Found\r\n"
        case .refused(.methodNotAllowed): "HTTP/1.1 405 Method Not Allowed\r\nAllow: POST\r\n"
        case .refused(.timedOut): "HTTP/1.1 408 Request Timeout\r\n"
        case .refused(.tooLarge): "HTTP/1.1 413 Content Too Large\r\n"
        case .refused(.unsupported): "HTTP/1.1 415 Unsupported Media Type\r\n"
        case .refused(.headerTooLarge): "HTTP/1.1 431 Request Header Fields Too Large\r\n"
        case .refused(.unavailable): "HTTP/1.1 503 Service Unavailable\r\n"
        }
    }
}
