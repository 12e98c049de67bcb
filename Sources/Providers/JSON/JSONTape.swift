/// One value or key of a text: eight bytes, whatever the value's size.
///
/// The tape has an entry for each key and each value, in the order of the text; what a container holds
/// follows its own entry. What kind a value is says its first byte in the text.
struct JSONTapeEntry {
    /// Where the value begins in the text, the quote of a string included.
    let offset: UInt32
    /// Of an object or array the index of the entry behind all that it holds; of a string the number of bytes
    /// between the quotes, with `escapeFlag`; of a number the number of bytes.
    var extent: UInt32

    /// Set in the extent of a string with escapes.
    static let escapeFlag: UInt32 = 1 << 31

    /// The number of bytes between the quotes of a string.
    var stringByteCount: Int { Int(extent & ~Self.escapeFlag) }

    /// Whether a string has escapes, so that its bytes are not its text.
    var hasEscapes: Bool { extent & Self.escapeFlag != 0 }
}

/// The bytes that JSON gives a meaning.
enum JSONByte {
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let minus = UInt8(ascii: "-")
    static let openBrace = UInt8(ascii: "{")
    static let closeBrace = UInt8(ascii: "}")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")

    /// Whether it is one of `0` to `9`.
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    /// Whether it is one of the four bytes that JSON takes for white space.
    static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
