import FoundationEssentials

/// The host that an endpoint's URL names.
struct EndpointTarget: Equatable, Sendable {
    /// The host as the URL has it, without brackets.
    let host: String
    /// The address that the URL names itself; nil if the host is a name.
    let literal: EndpointAddress?

    /// Reads a URL with the very parser that the HTTP client uses: two that disagree could be played off
    /// against each other.
    ///
    /// Such spellings of an address as `2130706433` and `0x7f.1` are names to it, so they are resolved and
    /// then judged like any other name.
    init?(url text: String) {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = url.host
        else { return nil }
        self.host = host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
        guard !self.host.isEmpty else { return nil }
        literal = EndpointAddress(literal: self.host)
    }
}
