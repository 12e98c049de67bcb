import Signatures

/// The escapes of JSON strings (RFC 8259 section 7).
enum JSONEscapes {
    /// How many bytes an escape takes for one byte of text, at most.
    static let byteCountMax = 6

    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// The text of a checked string's content; a surrogate without its other half becomes U+FFFD.
    static func decode(_ content: ArraySlice<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(content.count)
        var index = content.startIndex
        while index < content.endIndex {
            guard content[index] == JSONByte.backslash else {
                text.append(content[index])
                index += 1
                continue
            }
            let letter = content[index + 1]
            if letter == UInt8(ascii: "u") {
                text.append(contentsOf: String(scalar(content, &index)).utf8)
            } else {
                text.append(character(letter) ?? letter)
                index += 2
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What a letter behind a backslash stands for; nil for `u` and for what may not stand there.
    static func character(_ letter: UInt8) -> UInt8? {
        switch letter {
        case JSONByte.quote, JSONByte.backslash, UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Reads the escape, or pair of them, at the index and steps over it.
    private static func scalar(_ content: ArraySlice<UInt8>, _ index: inout Int) -> Unicode.Scalar {
        let first = codeUnit(content, at: index)
        index += 6
        guard UTF16.isLeadSurrogate(first) else { return Unicode.Scalar(first) ?? replacement }
        guard index + 6 <= content.endIndex, content[index] == JSONByte.backslash,
            content[index + 1] == UInt8(ascii: "u")
        else { return replacement }
        let second = codeUnit(content, at: index)
        guard UTF16.isTrailSurrogate(second) else { return replacement }
        index += 6
        return Unicode.Scalar(0x1_0000 + UInt32(first - 0xD800) << 10 + UInt32(second - 0xDC00))
            ?? replacement
    }

    private static func codeUnit(_ content: ArraySlice<UInt8>, at index: Int) -> UInt16 {
        content[index + 2..<index + 6].reduce(0) { $0 << 4 | UInt16(Hexadecimal.value(of: $1) ?? 0) }
    }
}
