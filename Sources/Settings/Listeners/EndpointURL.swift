extension ValueParser<String> {
    private static let urlBytesMax = 2048

    /// An http or https URL; a wrong one is not repeated, because URLs are often secret.
    static let url = ValueParser { text throws(ValueProblem) in
        let text = try ValueParser<String>.text(maxBytes: urlBytesMax).parse(text)
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw ValueProblem("a URL is ASCII without spaces")
        }
        guard let colon = text.firstIndex(of: ":"), ["http", "https"].contains(text[..<colon].lowercased()),
            text[colon...].hasPrefix("://")
        else { throw ValueProblem("not a URL that begins with http:// or https://") }
        guard !text.contains("#") else { throw ValueProblem("a URL to post to has no fragment") }
        let authority = text[colon...].dropFirst(3).prefix { $0 != "/" && $0 != "?" }
        try checkAuthority(String(authority))
        return text
    }

    private static func checkAuthority(_ authority: String) throws(ValueProblem) {
        guard !authority.contains("@") else {
            throw ValueProblem("a URL must not hold a user or password: the file never holds a secret")
        }
        let isLiteral = authority.hasPrefix("[")
        let end = isLiteral ? authority.firstIndex(of: "]") : authority.firstIndex(of: ":")
        let host = isLiteral ? authority.dropFirst().prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        let port = end.map { authority[$0...].drop { $0 == "]" } } ?? ""
        let isHost =
            isLiteral
            ? host.contains(":") && IPAddress(String(host)) != nil && end != nil
            : SocketAddressSetting.isHostName(String(host))
        guard isHost else { throw ValueProblem("the URL's host is no host name or address") }
        guard port.isEmpty || port == ":" || isPort(port.dropFirst()) && port.hasPrefix(":") else {
            throw ValueProblem("the URL's port is not between 1 and 65535")
        }
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = UInt16(text) else {
            return false
        }
        return number > 0
    }
}

/// What a good URL says of where the endpoint is.
struct EndpointPlace {
    /// The name or address in lower case, without brackets.
    let host: String
    /// Whether requests are encrypted.
    let isEncrypted: Bool

    private static let internalSuffixes = [".home.arpa", ".internal", ".lan", ".local", ".localhost"]

    /// Takes a URL apart that was found good; nil for an empty text, which stands for a wrong one.
    init?(_ url: String) {
        guard let colon = url.firstIndex(of: ":") else { return nil }
        isEncrypted = url[..<colon].lowercased() == "https"
        let authority = url[colon...].dropFirst(3).prefix { $0 != "/" && $0 != "?" }
        let host = authority.hasPrefix("[") ? authority.dropFirst().prefix { $0 != "]" } : nil
        self.host = (host ?? authority.prefix { $0 != ":" }).lowercased()
    }

    /// The internal address that the URL names; nil where it names another, or a name to be looked up.
    var internalAddress: IPAddress? {
        let address = host == "localhost" ? IPAddress("127.0.0.1") : IPAddress(host)
        return address.flatMap { $0.isLocal ? $0 : nil }
    }

    /// Whether the name is none of the public internet.
    var looksInternal: Bool {
        internalAddress != nil || !host.contains(".") && !host.contains(":")
            || Self.internalSuffixes.contains { host.hasSuffix($0) }
    }
}

extension IPAddress {
    /// The ranges that every operator knows as internal; what requests may reach is decided when they are
    /// sent, on more ranges than these.
    private static let localRanges = [
        "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "::1", "fc00::/7",
        "fe80::/10",
    ].compactMap {
        // Constants, each of which a test reads.
        try? ValueParser<AddressRange>.addressRange.parse($0)
    }

    /// Whether the address is a loopback, private or link-local one.
    fileprivate var isLocal: Bool { Self.localRanges.contains { $0.contains(self) } }
}
