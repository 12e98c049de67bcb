/// A line that a program may not have finished yet, as far as it is kept.
struct PartialLine {
    /// Bytes that are kept; more are cut off.
    static let bytesMax = 1024

    /// The bytes that are kept.
    private(set) var bytes: [UInt8] = []
    /// The number of bytes that were cut off.
    private(set) var cutBytes = 0

    /// Whether there is nothing to read in it.
    var isBlank: Bool { cutBytes == 0 && bytes.allSatisfy { $0 <= 0x20 } }

    /// What is kept of the line, as `harmless` writes it; a character that is cut in two is left out.
    var text: String { Self.harmless(String(decoding: bytes, as: UTF8.self)) }

    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// Appends the bytes that there is room for.
    mutating func append(_ more: ArraySlice<UInt8>) {
        let room = Self.bytesMax - bytes.count
        bytes.append(contentsOf: more.prefix(room))
        cutBytes += max(0, more.count - room)
    }

    /// A text without white space at its end, and with nothing in it that a terminal or a log obeys.
    static func harmless(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            scalars.append(isHarmless(scalar) ? scalar : replacement)
        }
        while let last = scalars.last, last.properties.isWhitespace || last == replacement {
            scalars.removeLast()
        }
        return String(scalars)
    }

    /// Control characters move the cursor, and those that turn the direction of writing hide what is there.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09: true
        case 0..<0x20, 0x7F..<0xA0: false
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: false
        default: true
        }
    }
}
