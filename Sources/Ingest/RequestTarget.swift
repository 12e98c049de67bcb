/// The name of the source that a request target asks for.
enum RequestTarget {
    /// The longest name of a source; a longer one is not looked up.
    static let nameBytesMax = 63

    private static let prefix = "/webhooks/".utf8
    private static let schemes = ["http://", "https://"]

    /// The part behind `/webhooks/`, before any query; nil for any other path.
    ///
    /// Nothing is decoded: names need no percent signs, and two spellings of one route would be one too many.
    /// The absolute form, which servers must take (RFC 9112 section 3.2.2), is cut down to its path. All of
    /// it is done on bytes: comparing characters takes very long for some texts that anybody may send.
    static func sourceName(in target: String) -> Substring? {
        let path = path(of: target)
        guard let path, path.starts(with: prefix) else { return nil }
        let name = path.dropFirst(prefix.count).prefix { $0 != UInt8(ascii: "?") }
        guard !name.isEmpty, name.count <= nameBytesMax else { return nil }
        return Substring(name)
    }

    private static func path(of target: String) -> Substring.UTF8View? {
        let bytes = target[...].utf8
        if bytes.first == UInt8(ascii: "/") { return bytes }
        guard let scheme = schemes.first(where: { isPrefix($0, of: bytes) }) else { return nil }
        return bytes.dropFirst(scheme.utf8.count)
            .drop { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    }

    /// Whether the bytes begin with a scheme, in letters of either case.
    private static func isPrefix(_ scheme: String, of bytes: Substring.UTF8View) -> Bool {
        bytes.count >= scheme.utf8.count
            && zip(bytes, scheme.utf8).allSatisfy { ((0x41...0x5A).contains($0) ? $0 | 0x20 : $0) == $1 }
    }
}
