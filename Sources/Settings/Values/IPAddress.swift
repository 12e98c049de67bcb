/// An IPv4 or IPv6 address as its bytes in network order.
package struct IPAddress: Hashable, CustomStringConvertible, Sendable {
    /// 4 or 16 bytes.
    package let bytes: [UInt8]

    /// Takes 4 or 16 bytes; an IPv4 address inside IPv6 (`::ffff:a.b.c.d`) becomes the IPv4 address that it
    /// is.
    package init?(bytes: [UInt8]) {
        switch bytes.count {
        case 4: self.bytes = bytes
        case 16:
            let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF
            self.bytes = isMapped ? Array(bytes[12...]) : bytes
        default: return nil
        }
    }

    /// Reads dotted decimal, or the forms of RFC 4291 section 2.2 without a zone.
    package init?(_ text: String) {
        let bytes = text.contains(":") ? Self.version6(text) : Self.version4(text[...])
        guard let bytes else { return nil }
        self.init(bytes: bytes)
    }

    /// The address as text; IPv6 in the form of RFC 5952.
    package var description: String {
        guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        let words = groups.map { String($0, radix: 16) }
        guard let zeros = Self.longestZeros(groups) else { return words.joined(separator: ":") }
        return words[..<zeros.lowerBound].joined(separator: ":") + "::"
            + words[zeros.upperBound...].joined(separator: ":")
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            let isDecimal = part.utf8.allSatisfy { (0x30...0x39).contains($0) }
            // A leading zero means octal to some and decimal to others (RFC 6943 section 3.1.1).
            guard isDecimal, part.count == 1 || part.first != "0", let byte = UInt8(part) else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= 45, let gap = gapIndex(text) else {
            return text.utf8.count <= 45
                ? groups(text[...], isTail: true).flatMap { $0.count == 16 ? $0 : nil } : nil
        }
        guard let head = groups(text[..<gap.lowerBound], isTail: false),
            let tail = groups(text[gap.upperBound...], isTail: true),
            head.count + tail.count <= 14
        else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    /// The first `::`.
    private static func gapIndex(_ text: String) -> Range<String.Index>? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = text.index(after: index)
            if text[index] == ":", next < text.endIndex, text[next] == ":" {
                return index..<text.index(after: next)
            }
            index = next
        }
        return nil
    }

    /// The bytes of groups between single colons; the last of the address may be dotted decimal.
    private static func groups(_ text: Substring, isTail: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if isTail, index == parts.count - 1, part.contains("."), let tail = version4(part) {
                bytes += tail
                continue
            }
            let isHex = part.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
            guard isHex, (1...4).contains(part.utf8.count), let group = UInt16(part, radix: 16) else {
                return nil
            }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes
    }

    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start >= 2, end - start > best?.count ?? 0 { best = start..<end }
            start = end + 1
        }
        return best
    }
}

/// A range of addresses, such as `10.1.0.0/16`.
package struct AddressRange: Hashable, CustomStringConvertible, Sendable {
    /// The first address.
    package let network: IPAddress
    /// How many leading bits are fixed.
    package let prefixLength: Int

    /// The range in CIDR notation.
    package var description: String { "\(network)/\(prefixLength)" }

    /// Whether an address lies in the range; never for an address of the other version.
    package func contains(_ address: IPAddress) -> Bool {
        address.bytes.count == network.bytes.count
            && Self.masked(address.bytes, prefixLength) == network.bytes
    }

    fileprivate static func masked(_ bytes: [UInt8], _ prefixLength: Int) -> [UInt8] {
        bytes.enumerated().map { index, byte in
            let fixed = min(max(prefixLength - index * 8, 0), 8)
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> fixed)
        }
    }
}

extension ValueParser<AddressRange> {
    /// An address range in CIDR notation, or a single address.
    static let addressRange = ValueParser { text throws(ValueProblem) in
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let address = IPAddress(String(parts[0])) else {
            throw ValueProblem("\(QuotedText.shown(text)) is no address range such as 10.1.0.0/16")
        }
        let bits = address.bytes.count * 8
        var prefixLength = bits
        if parts.count == 2 {
            prefixLength = try ValueParser<Int>.whole(in: 0...bits).parse(String(parts[1]))
        }
        let network = AddressRange.masked(address.bytes, prefixLength)
        guard network == address.bytes, let first = IPAddress(bytes: network) else {
            let base = IPAddress(bytes: network)?.description ?? ""
            throw ValueProblem(
                "\(QuotedText.shown(text)) has bits set behind its prefix",
                suggestion: "\(base)/\(prefixLength)"
            )
        }
        return AddressRange(network: first, prefixLength: prefixLength)
    }
}
