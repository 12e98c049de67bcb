/// Whom the ingest socket trusts to say for whom they send.
package enum ProxySetting: Hashable, CustomStringConvertible, Sendable {
    /// Whoever connects from one of these addresses.
    case addresses(AddressRange)
    /// Whoever connects to a Unix socket.
    case unix

    /// The setting as the configuration writes it.
    package var description: String {
        switch self {
        case .addresses(let range): range.description
        case .unix: "unix"
        }
    }
}

/// The header field in which trusted proxies say it.
package enum ForwardedHeader: String, CaseIterable, Sendable {
    /// `X-Forwarded-For`.
    case xForwardedFor = "x-forwarded-for"
    /// `Forwarded` (RFC 7239).
    case forwarded
}

extension ValueParser<ProxySetting> {
    /// An address range, a single address, or `unix`.
    static let proxy = ValueParser { text throws(ValueProblem) in
        if text == "unix" { return .unix }
        return .addresses(try ValueParser<AddressRange>.addressRange.parse(text))
    }
}
