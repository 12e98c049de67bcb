/// Whose word about a client's address is taken, and in which header field they say it; the keys
/// `ingest.trustedProxies` and `ingest.forwardedHeader` of the configuration.
package struct TrustedProxies: Sendable {
    /// The header fields that proxies write; exactly one is read, the other never.
    package enum Header: String, CaseIterable, Sendable {
        /// `X-Forwarded-For: client, proxy`.
        case xForwardedFor = "x-forwarded-for"
        /// `Forwarded: for=client, for=proxy` (RFC 7239).
        case forwarded
    }

    /// The field that is read.
    package var header: Header
    /// Whether an address, as its 4 or 16 bytes in network order, is that of a trusted proxy.
    package var containsAddress: @Sendable ([UInt8]) -> Bool
    /// Whether who connects to a Unix socket is trusted.
    package var containsUnix: Bool

    /// Nobody.
    package static let none = TrustedProxies(
        header: .xForwardedFor,
        containsAddress: { _ in false },
        containsUnix: false
    )

    /// The addresses of one field that are looked at, from the right: more proxies than that are in no way.
    private static let addressesMax = 32

    private static let pairsMax = 16

    package init(
        header: Header,
        containsAddress: @escaping @Sendable ([UInt8]) -> Bool,
        containsUnix: Bool
    ) {
        self.header = header
        self.containsAddress = containsAddress
        self.containsUnix = containsUnix
    }

    /// Whether a peer is trusted.
    ///
    /// - Parameter peer: Its IP address; nil for a Unix socket.
    /// - Returns: Whether its word is taken.
    func contains(peer: String?) -> Bool {
        guard let peer else { return containsUnix }
        return IPBytes(peer).map { containsAddress($0.bytes) } ?? false
    }

    /// The address of the client for whom a trusted proxy sends a request: from the right, the first that is
    /// not trusted itself.
    ///
    /// What stands left of it can be made up by anybody. Where the proxy says nothing that can be read, it
    /// speaks for itself.
    ///
    /// - Parameter values: The values of the header field, in the order of their lines.
    /// - Returns: The address as text without port and brackets; nil if the proxy names none.
    func client(in values: [String]) -> String? {
        var furthest: String?
        var addressesLeft = Self.addressesMax
        for value in values.reversed() {
            // What cannot be divided says nothing, and nothing left of it can be believed.
            guard let elements = elements(of: value, atMost: addressesLeft) else { return furthest }
            addressesLeft -= elements.count
            for element in elements.reversed() {
                guard let text = address(in: element), let address = IPBytes(text) else { return furthest }
                guard containsAddress(address.bytes) else { return text }
                furthest = text
            }
            if addressesLeft <= 0 { break }
        }
        return furthest
    }

    /// The last elements of a field's value, in their order; nil if it is not well formed.
    private func elements(of value: String, atMost countMax: Int) -> [Substring.UTF8View]? {
        switch header {
        case .xForwardedFor:
            var elements: [Substring.UTF8View] = []
            var rest = value.utf8[...]
            while elements.count < countMax, let comma = rest.lastIndex(of: UInt8(ascii: ",")) {
                elements.append(rest[rest.index(after: comma)...])
                rest = rest[..<comma]
            }
            if elements.count < countMax { elements.append(rest) }
            return elements.reversed()
        case .forwarded:
            return Self.split(value.utf8[...], at: UInt8(ascii: ","), keepingLast: countMax)
        }
    }

    /// Divides a text outside of quoted strings (RFC 9110 section 5.6.4); nil if a quotation has no end.
    private static func split(
        _ text: Substring.UTF8View,
        at separator: UInt8,
        keepingLast countMax: Int
    ) -> [Substring.UTF8View]? {
        var parts: [Substring.UTF8View] = []
        var start = text.startIndex
        var isQuoted = false
        var isEscaped = false
        for index in text.indices {
            let byte = text[index]
            if isEscaped {
                isEscaped = false
            } else if isQuoted, byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if byte == separator, !isQuoted {
                parts.append(text[start..<index])
                start = text.index(after: index)
                // Twice as many are kept at most, so that no part is moved for each one.
                if parts.count > 2 * countMax { parts.removeFirst(parts.count - countMax) }
            }
        }
        guard !isQuoted else { return nil }
        parts.append(text[start...])
        return parts.suffix(countMax)
    }

    private func address(in element: Substring.UTF8View) -> String? {
        switch header {
        case .xForwardedFor: Self.withoutPort(Self.trimmed(element))
        case .forwarded: Self.node(in: element).flatMap { Self.withoutPort($0) }
        }
    }

    /// The value of `for` in one element; a quoted one without its quotes.
    private static func node(in element: Substring.UTF8View) -> Substring.UTF8View? {
        // Few parameters are defined; more than that are none of a proxy's.
        for pair in split(element, at: UInt8(ascii: ";"), keepingLast: pairsMax) ?? [] {
            let pair = trimmed(pair)
            guard let equals = pair.firstIndex(of: UInt8(ascii: "=")),
                pair[..<equals].map({ $0 | 0x20 }) == Array("for".utf8)
            else { continue }
            var value = pair[pair.index(after: equals)...]
            if value.first == UInt8(ascii: "\""), value.last == UInt8(ascii: "\""), value.count >= 2 {
                value = value.dropFirst().dropLast()
            }
            return value
        }
        return nil
    }

    /// `192.0.2.1:4711`, `[2001:db8::1]:4711` and the same without ports.
    private static func withoutPort(_ text: Substring.UTF8View) -> String? {
        if text.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            return String(Substring(text[text.index(after: text.startIndex)..<end]))
        }
        // One colon stands before a port; several are an IPv6 address.
        guard text.count(where: { $0 == UInt8(ascii: ":") }) == 1,
            let colon = text.firstIndex(of: UInt8(ascii: ":"))
        else { return String(Substring(text)) }
        return String(Substring(text[..<colon]))
    }

    private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
        let isWhiteSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var text = text.drop(while: isWhiteSpace)
        while let last = text.last, isWhiteSpace(last) { text.removeLast() }
        return text
    }
}
