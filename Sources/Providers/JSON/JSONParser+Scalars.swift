import Events
import Signatures

/// Strings and numbers: each function takes the offset to begin at and gives that behind what it checked.
extension JSONParser {
    /// The byte at an offset, which must not be negative; nil at the end of the text.
    @inline(always)
    static func byte(of text: Span<UInt8>, at offset: Int) -> UInt8? {
        // The offset is within the text, whose bytes the span keeps.
        offset < text.count ? unsafe text[unchecked: offset] : nil
    }

    /// Checks the string whose quote is at the offset, and says whether it has escapes.
    @inline(always)
    static func endOfString(
        _ text: Span<UInt8>,
        at start: Int
    ) throws(JSONSyntaxError) -> (end: Int, hasEscapes: Bool) {
        let stop = JSONBlock.skipPlainBytes(of: text, from: start + 1)
        // Nearly all strings are plain and end in a whole block.
        if byte(of: text, at: stop) == JSONByte.quote { return (stop + 1, false) }
        return try endOfString(text, from: stop)
    }

    /// Checks a string on from the first byte that may not be plain.
    private static func endOfString(
        _ text: Span<UInt8>,
        from start: Int
    ) throws(JSONSyntaxError) -> (end: Int, hasEscapes: Bool) {
        var offset = start
        var hasEscapes = false
        while let byte = byte(of: text, at: offset) {
            switch byte {
            case JSONByte.quote:
                return (offset + 1, hasEscapes)
            case JSONByte.backslash:
                hasEscapes = true
                offset = try endOfEscape(text, at: offset)
            case 0x00..<0x20:
                throw error(.rawControlCharacter, text, at: offset)
            case 0x20..<0x80:
                offset = max(offset + 1, JSONBlock.skipPlainBytes(of: text, from: offset))
            default:
                offset = try endOfMultibyteScalar(text, at: offset)
            }
        }
        throw error(.unexpectedEnd, text, at: offset)
    }

    private static func endOfEscape(_ text: Span<UInt8>, at start: Int) throws(JSONSyntaxError) -> Int {
        guard let letter = byte(of: text, at: start + 1) else {
            throw error(.unexpectedEnd, text, at: text.count)
        }
        if JSONEscapes.character(letter) != nil { return start + 2 }
        guard letter == UInt8(ascii: "u") else { throw error(.invalidEscape, text, at: start) }
        for offset in start + 2..<start + 6 {
            guard let digit = byte(of: text, at: offset) else {
                throw error(.unexpectedEnd, text, at: text.count)
            }
            guard Hexadecimal.value(of: digit) != nil else { throw error(.invalidEscape, text, at: start) }
        }
        return start + 6
    }

    /// Checks one scalar of two to four bytes; the ranges are those of the Unicode Standard's table 3-7.
    private static func endOfMultibyteScalar(
        _ text: Span<UInt8>,
        at start: Int
    ) throws(JSONSyntaxError) -> Int {
        let second: ClosedRange<UInt8>
        let count: Int
        switch text[start] {
        case 0xC2...0xDF: (second, count) = (0x80...0xBF, 2)
        case 0xE0: (second, count) = (0xA0...0xBF, 3)
        case 0xED: (second, count) = (0x80...0x9F, 3)
        case 0xE1...0xEF: (second, count) = (0x80...0xBF, 3)
        case 0xF0: (second, count) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (second, count) = (0x80...0xBF, 4)
        case 0xF4: (second, count) = (0x80...0x8F, 4)
        default: throw error(.invalidUTF8, text, at: start)
        }
        guard start + count <= text.count else { throw error(.unexpectedEnd, text, at: text.count) }
        guard second.contains(text[start + 1]) else { throw error(.invalidUTF8, text, at: start) }
        for offset in start + 2..<max(start + 2, start + count) where text[offset] & 0xC0 != 0x80 {
            throw error(.invalidUTF8, text, at: start)
        }
        return start + count
    }

    /// Checks the number at the offset; most are whole and positive.
    @inline(always)
    static func endOfNumber(_ text: Span<UInt8>, at start: Int) throws(JSONSyntaxError) -> Int {
        guard let first = byte(of: text, at: start), first != UInt8(ascii: "0"), JSONByte.isDigit(first)
        else {
            return try endOfAnyNumber(text, at: start)
        }
        var offset = start + 1
        while let digit = byte(of: text, at: offset), JSONByte.isDigit(digit) { offset += 1 }
        guard let next = byte(of: text, at: offset),
            next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e")
        else { return offset }
        return try endOfAnyNumber(text, at: start)
    }

    private static func endOfAnyNumber(_ text: Span<UInt8>, at start: Int) throws(JSONSyntaxError) -> Int {
        var offset = start
        if byte(of: text, at: offset) == JSONByte.minus { offset += 1 }
        if byte(of: text, at: offset) == UInt8(ascii: "0") {
            offset += 1
        } else {
            offset = try endOfDigits(text, at: offset)
        }
        if byte(of: text, at: offset) == UInt8(ascii: ".") {
            offset = try endOfDigits(text, at: offset + 1)
        }
        if let letter = byte(of: text, at: offset), letter | 0x20 == UInt8(ascii: "e") {
            let sign = byte(of: text, at: offset + 1)
            let hasSign = sign == UInt8(ascii: "+") || sign == JSONByte.minus
            offset = try endOfDigits(text, at: offset + (hasSign ? 2 : 1))
        }
        return offset
    }

    /// Checks that at least one digit is at the offset.
    private static func endOfDigits(_ text: Span<UInt8>, at start: Int) throws(JSONSyntaxError) -> Int {
        var offset = start
        while let digit = byte(of: text, at: offset), JSONByte.isDigit(digit) { offset += 1 }
        guard offset > start else { throw error(.invalidNumber, text, at: start) }
        return offset
    }
}
