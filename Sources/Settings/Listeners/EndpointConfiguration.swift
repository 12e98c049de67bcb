/// An HTTP endpoint that gets events by POST.
///
/// Configuration keys under a listener:
/// - `url` (an http or https URL; required): without a user, a password or a fragment.
/// - `signingSecrets` (list of references to secrets; default none, which leaves requests unsigned): each
///   signs.
/// - `signingSecret` (reference to a secret): a list of one; not together with `signingSecrets`.
/// - `headers` (mapping of names to texts or references; default none): header fields of each request; not
///   those that Forgewire sets itself. See `SettingValue` for what is a reference.
/// - `caFile` (path; default none): a PEM file with the certificates of authorities to trust; https only.
/// - `allowAddresses` (list of address ranges; default none): internal addresses that the endpoint may have.
/// - `rateLimit` (whole number, `/` and `s`, `m` or `h`; default none): how many attempts may begin in a
///   time.
package struct EndpointConfiguration: Equatable, Sendable {
    /// Where requests go.
    package var url: String
    /// Where the secrets are kept that sign the requests.
    package var signingSecrets: [SecretReference] = []
    /// The header fields of each request, in the order of the file.
    package var headers: [NamedValue] = []
    /// The path of the certificates of authorities to trust; nil for those of the system.
    package var caFile: String?
    /// The internal addresses that the endpoint may have.
    package var allowAddresses: [AddressRange] = []
    /// How many attempts may begin in a time; nil for any number.
    package var rateLimit: RateLimitSetting?

    /// The keys that have a meaning only together with `url`.
    static let keys = ["signingSecrets", "signingSecret", "headers", "caFile", "allowAddresses", "rateLimit"]

    private static let pathBytesMax = 4096

    package init(url: String) {
        self.url = url
    }

    init(_ section: Section) {
        var url: String?
        section.read("url", &url, .url)
        self.url = url ?? ""
        section.read("signingSecrets", &signingSecrets, listOf: .secretReference)
        section.read("signingSecret", &signingSecrets, listOf: .secretReference)
        section.read("headers", &headers, .headers)
        section.read("caFile", &caFile, .text(maxBytes: Self.pathBytesMax))
        section.read("allowAddresses", &allowAddresses, listOf: .addressRange)
        section.read("rateLimit", &rateLimit, .rateLimit)
        if let caFile {
            section.problems.locate(caFile, in: "\(section.path).caFile", at: section.mark(of: "caFile"))
        }
    }

    /// Reports what is wrong, or odd, with the endpoint as a whole.
    func check(_ section: Section) {
        guard let place = EndpointPlace(url) else { return }
        if caFile != nil, !place.isEncrypted {
            section.error("caFile has a meaning only with https", at: section.mark(of: "caFile"))
        }
        if let address = place.internalAddress, !allowAddresses.contains(where: { $0.contains(address) }) {
            section.warning(
                "\(place.host) is an internal address: nothing is sent to it unless allowAddresses has it",
                at: section.mark(of: "url"),
                suggestion: "allowAddresses: [\"\(address)\"]"
            )
        } else if !place.isEncrypted, !place.looksInternal, allowAddresses.isEmpty {
            section.warning("events go to \(place.host) unencrypted: use https", at: section.mark(of: "url"))
        }
    }
}

extension NamedValueRules {
    /// The header fields of requests.
    static let headers = NamedValueRules(
        countMax: 64,
        ignoresCase: true,
        name: .headerName,
        text: .headerValue
    )
}

extension ValueParser<String> {
    private static let headerNameBytesMax = 255
    private static let headerValueBytesMax = 8 * ByteSize.kibibyte

    /// What Forgewire sets itself, and what is about the connection and not about the request.
    private static let reservedNames: Set<String> = [
        "connection", "content-encoding", "content-length", "content-type", "expect", "host", "keep-alive",
        "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade",
    ]
    private static let reservedPrefixes = ["forgewire-", "webhook-"]

    /// The name of a header field that a configuration may set: a token of RFC 9110.
    fileprivate static let headerName = ValueParser { text throws(ValueProblem) in
        let isToken = text.utf8.allSatisfy {
            Section.isLetterOrDigit($0) || "!#$%&'*+-.^_`|~".utf8.contains($0)
        }
        guard isToken, (1...headerNameBytesMax).contains(text.utf8.count) else {
            throw ValueProblem("\(QuotedText.shown(text)) is no name of a header field")
        }
        let name = text.lowercased()
        guard !reservedNames.contains(name), !reservedPrefixes.contains(where: { name.hasPrefix($0) }) else {
            throw ValueProblem("\(QuotedText.shown(text)) is set by Forgewire alone")
        }
        return text
    }

    /// The value of a header field (RFC 9110 section 5.5); never repeated, as it may be secret.
    static let headerValue = ValueParser { text throws(ValueProblem) in
        guard text.utf8.count <= headerValueBytesMax else {
            throw ValueProblem("is longer than \(headerValueBytesMax) bytes")
        }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
            throw ValueProblem("holds a control character, which a header field must not")
        }
        let isBlank = { (byte: UInt8?) in byte == 0x20 || byte == 0x09 }
        guard !isBlank(text.utf8.first), !isBlank(text.utf8.last) else {
            throw ValueProblem("begins or ends with white space, which a header field does not keep")
        }
        return text
    }
}
