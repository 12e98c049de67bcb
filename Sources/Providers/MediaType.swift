/// What a request's body is, as its `content-type` says (RFC 9110 section 8.3); parameters are of no account.
package enum MediaType: Sendable {
    /// `application/json` or `application/…+json`.
    case json
    /// `application/x-www-form-urlencoded`, of which the field `payload` holds JSON.
    case form

    /// How long a type without its parameters may be: RFC 6838 section 4.2 allows 127 bytes for each half.
    private static let essenceByteCountMax = 255

    /// Nil for other types, and for a request that has no type or several.
    package init?(_ headers: HeaderFields) {
        guard let value = headers.only("content-type") else { return nil }
        // What forges send.
        if value.hasSameBytes(as: "application/json") {
            self = .json
            return
        }
        // No further than a type can reach: whoever sent it may have proved nothing yet.
        let head = value.utf8.prefix(Self.essenceByteCountMax + 1)
        let essence = head.prefix { $0 != 0x3B }
        guard essence.count <= Self.essenceByteCountMax else { return nil }
        let isWhiteSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let start = essence.drop(while: isWhiteSpace)
        let type = start.reversed().drop(while: isWhiteSpace).reversed()
        switch String(decoding: type, as: UTF8.self).lowercased() {
        case "application/json": self = .json
        case "application/x-www-form-urlencoded": self = .form
        case let type where Self.hasJSONSuffix(type): self = .json
        default: return nil
        }
    }

    /// The structured syntax suffix of RFC 6839.
    private static func hasJSONSuffix(_ type: String) -> Bool {
        let (prefix, suffix) = ("application/", "+json")
        return type.withoutPrefix(prefix) != nil && type.hasByteSuffix(suffix)
            && type.utf8.count > prefix.utf8.count + suffix.utf8.count
    }
}
