/// Bytes as text in the standard alphabet (RFC 4648 section 4).
package enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
    )
    private static let padding = UInt8(ascii: "=")

    /// Four characters for every three bytes begun, the last ones padded with `=`.
    package static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var bits: UInt32 = 0
        var bitCount = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            bitCount += 8
            while bitCount >= 6 {
                bitCount -= 6
                text.append(alphabet[Int(bits >> bitCount & 63)])
            }
        }
        if bitCount > 0 { text.append(alphabet[Int(bits << (6 - bitCount) & 63)]) }
        while text.count % 4 != 0 { text.append(padding) }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text, of which the padding may be missing whole.
    ///
    /// Nil for anything else: white space, the alphabet for addresses, a wrong number of characters or of
    /// padding, and bits behind the last byte that are not zero, so that no two texts of a length mean the
    /// same.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        // An array's elements are nearer than those of any text, whose type is not known here.
        let characters = Array(text.utf8)
        let paddingCount = characters.reversed().prefix { $0 == padding }.count
        let digits = characters.dropLast(paddingCount)
        guard paddingCount == 0 || (paddingCount <= 2 && (digits.count + paddingCount) % 4 == 0) else {
            return nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var bitCount = 0
        for digit in digits {
            guard let value = value(of: digit) else { return nil }
            bits = bits << 6 | value
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            bits &= 1 << bitCount - 1
        }
        // Six bits that are left belong to a character too many.
        return bitCount < 6 && bits == 0 ? bytes : nil
    }

    /// How many bytes a text stands for at least, as its length tells: what is longer than wanted need not be
    /// decoded.
    package static func byteCountMin(_ text: some StringProtocol) -> Int {
        max(0, text.utf8.count / 4 * 3 - 2)
    }

    private static func value(of digit: UInt8) -> UInt32? {
        switch digit {
        case 0x41...0x5A: UInt32(digit - 0x41)
        case 0x61...0x7A: UInt32(digit - 0x61 + 26)
        case 0x30...0x39: UInt32(digit - 0x30 + 52)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
