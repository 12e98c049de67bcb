/// The name of the source that a request target asks for.
enum RequestTarget {
    /// The longest name of a source; a longer one is not looked up.
    static let nameBytesMax = 63

    private static let prefix = "/webhooks/"

    /// The part behind `/webhooks/`, before any query; nil for any other path.
    ///
    /// Nothing is decoded: names need no percent signs, and two spellings of one route would be one too many.
    /// The absolute form, which servers must take (RFC 9112 section 3.2.2), is cut down to its path.
    static func sourceName(in target: String) -> Substring? {
        guard let path = path(of: target), path.hasPrefix(prefix) else { return nil }
        let rest = path.dropFirst(prefix.count)
        let name = rest.prefix { $0 != "?" }
        guard !name.isEmpty, name.utf8.count <= nameBytesMax else { return nil }
        return name
    }

    private static func path(of target: String) -> Substring? {
        if target.utf8.first == UInt8(ascii: "/") { return target[...] }
        let scheme = target.prefix { $0 != ":" }
        guard ["http", "https"].contains(scheme.lowercased()) else { return nil }
        let rest = target.dropFirst(scheme.count)
        guard rest.hasPrefix("://") else { return nil }
        return rest.dropFirst("://".count).drop { $0 != "/" && $0 != "?" }
    }
}
