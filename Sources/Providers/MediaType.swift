/// What a request's body is, as its `content-type` says (RFC 9110 section 8.3); parameters are of no account.
package enum MediaType: Sendable {
    /// `application/json` or `application/…+json`.
    case json
    /// `application/x-www-form-urlencoded`, of which the field `payload` holds JSON.
    case form

    /// Nil for other types, and for a request that has no type or several.
    package init?(_ headers: HeaderFields) {
        guard let value = headers.only("content-type"), let essence = value.utf8.split(separator: 0x3B).first
        else { return nil }
        switch String(Substring(essence)).trimmingWhiteSpace().lowercased() {
        case "application/json": self = .json
        case "application/x-www-form-urlencoded": self = .form
        case let type where Self.hasJSONSuffix(type): self = .json
        default: return nil
        }
    }

    /// The structured syntax suffix of RFC 6839.
    private static func hasJSONSuffix(_ type: String) -> Bool {
        let (prefix, suffix) = ("application/", "+json")
        return type.hasPrefix(prefix) && type.hasSuffix(suffix)
            && type.utf8.count > prefix.utf8.count + suffix.utf8.count
    }
}

extension String {
    /// Without spaces and tabs at the ends, the white space of header fields.
    fileprivate func trimmingWhiteSpace() -> String {
        let isWhiteSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isWhiteSpace($0) }),
            let last = lastIndex(where: { !isWhiteSpace($0) })
        else { return "" }
        return String(self[first...last])
    }
}
