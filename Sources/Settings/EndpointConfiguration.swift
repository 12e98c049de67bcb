/// An HTTP endpoint that gets events by POST.
///
/// Configuration keys under a listener:
/// - `url` (an http or https URL; required): without a user, a password or a fragment.
/// - `signingSecrets` (list of references to secrets; default none, which leaves requests unsigned): each
///   signs.
/// - `signingSecret` (reference to a secret): a list of one; not together with `signingSecrets`.
/// - `allowAddresses` (list of address ranges; default none): internal addresses that the endpoint may have.
package struct EndpointConfiguration: Equatable, Sendable {
    /// Where requests go.
    package var url: String
    /// Where the secrets are kept that sign the requests.
    package var signingSecrets: [SecretReference] = []
    /// The internal addresses that the endpoint may have.
    package var allowAddresses: [AddressRange] = []

    /// The keys that have a meaning only together with `url`.
    static let keys = ["signingSecrets", "signingSecret", "allowAddresses"]

    package init(url: String) {
        self.url = url
    }

    init(url: String, _ section: Section) {
        self.url = url
        section.read("signingSecrets", &signingSecrets, listOf: .secretReference)
        section.read("signingSecret", &signingSecrets, listOf: .secretReference)
        section.read("allowAddresses", &allowAddresses, listOf: .addressRange)
    }
}

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
