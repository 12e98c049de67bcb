import Signatures

extension JSONParser {
    /// Steps over the string that begins at the position, checks it and says whether it has escapes.
    mutating func skipString() throws(JSONSyntaxError) -> Bool {
        var hasEscapes = false
        position += 1
        while true {
            skipPlainBytes()
            guard position < bytes.count else { throw error(.unexpectedEnd) }
            let byte = bytes[position]
            switch byte {
            case JSONByte.quote:
                position += 1
                return hasEscapes
            case JSONByte.backslash:
                hasEscapes = true
                try skipEscape()
            case 0x00..<0x20:
                throw error(.rawControlCharacter)
            case 0x20..<0x80:
                position += 1
            default:
                try skipMultibyteScalar(lead: byte)
            }
        }
    }

    /// Steps over bytes that mean nothing else, eight at a time, as long as there are eight.
    private mutating func skipPlainBytes() {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highBits = ones << 7
        while position + 8 <= bytes.count {
            // Any eight bytes are a UInt64, and all eight are within the text; the span lives for this
            // expression.
            let word = unsafe UInt64(
                littleEndian: bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
            )
            let quote = word ^ (ones &* UInt64(JSONByte.quote))
            let backslash = word ^ (ones &* UInt64(JSONByte.backslash))
            // `x - 1` borrows into the high bit of a byte that is zero; the lowest such bit is always right.
            var stops = (quote &- ones) & ~quote | (backslash &- ones) & ~backslash
            stops |= (word &- ones &* 0x20) & ~word | word
            stops &= highBits
            guard stops == 0 else {
                position += stops.trailingZeroBitCount / 8
                return
            }
            position += 8
        }
    }

    private mutating func skipEscape() throws(JSONSyntaxError) {
        guard position + 1 < bytes.count else { throw error(.unexpectedEnd, at: bytes.count) }
        let letter = bytes[position + 1]
        if JSONEscapes.character(letter) != nil {
            position += 2
            return
        }
        guard letter == UInt8(ascii: "u") else { throw error(.invalidEscape) }
        for index in position + 2..<position + 6 {
            guard index < bytes.count else { throw error(.unexpectedEnd, at: bytes.count) }
            guard Hexadecimal.value(of: bytes[index]) != nil else { throw error(.invalidEscape) }
        }
        position += 6
    }

    /// Steps over one scalar of two to four bytes; the ranges are those of the Unicode Standard's table 3-7.
    private mutating func skipMultibyteScalar(lead: UInt8) throws(JSONSyntaxError) {
        let second: ClosedRange<UInt8>
        let count: Int
        switch lead {
        case 0xC2...0xDF: (second, count) = (0x80...0xBF, 2)
        case 0xE0: (second, count) = (0xA0...0xBF, 3)
        case 0xED: (second, count) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, count) = (0x80...0xBF, 3)
        case 0xF0: (second, count) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, count) = (0x80...0xBF, 4)
        case 0xF4: (second, count) = (0x80...0x8F, 4)
        default: throw error(.invalidUTF8)
        }
        guard position + count <= bytes.count else { throw error(.unexpectedEnd, at: bytes.count) }
        guard second.contains(bytes[position + 1]) else { throw error(.invalidUTF8) }
        for index in position + 2..<max(position + 2, position + count) where bytes[index] & 0xC0 != 0x80 {
            throw error(.invalidUTF8)
        }
        position += count
    }
}
