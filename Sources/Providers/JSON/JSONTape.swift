/// One value or key of a text: eight bytes, whatever the value's size.
///
/// The tape has an entry for each key and each value, in the order of the text; what a container holds
/// follows its own entry. What kind a value is says its first byte in the text.
struct JSONTapeEntry {
    /// Where the value begins, with `containerFlag`.
    private let place: UInt32
    /// Of an object or array the index of the entry behind all that it holds; of a string the number of bytes
    /// between the quotes, with `escapeFlag`; of anything else the number of bytes.
    var extent: UInt32

    /// Set in the place of an object or array.
    private static let containerFlag: UInt32 = 1 << 31
    /// Set in the extent of a string with escapes.
    private static let escapeFlag: UInt32 = 1 << 31

    /// What stands where there is no entry yet.
    static let unused = JSONTapeEntry(scalarAt: 0, end: 0)

    /// An object or array.
    init(containerAt offset: Int, extent: Int) {
        self.init(place: UInt32(truncatingIfNeeded: offset) | Self.containerFlag, extent: extent)
    }

    /// A string, from its quote to behind the other one.
    init(stringAt offset: Int, end: Int, hasEscapes: Bool) {
        self.init(place: UInt32(truncatingIfNeeded: offset), extent: end &- offset &- 2)
        if hasEscapes { extent |= Self.escapeFlag }
    }

    /// A number or word.
    init(scalarAt offset: Int, end: Int) {
        self.init(place: UInt32(truncatingIfNeeded: offset), extent: end &- offset)
    }

    /// No text is so long that its offsets would not fit, see `JSONDocument.byteCountMax`.
    private init(place: UInt32, extent: Int) {
        self.place = place
        self.extent = UInt32(truncatingIfNeeded: extent)
    }

    /// Where the value begins in the text, the quote of a string included.
    var offset: Int { Int(place & ~Self.containerFlag) }

    /// Whether it is an object or array.
    var isContainer: Bool { place & Self.containerFlag != 0 }

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
