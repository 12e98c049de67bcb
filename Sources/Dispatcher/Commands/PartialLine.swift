import Events

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

    /// Appends the bytes that there is room for.
    mutating func append(_ more: ArraySlice<UInt8>) {
        let room = Self.bytesMax - bytes.count
        bytes.append(contentsOf: more.prefix(room))
        cutBytes += max(0, more.count - room)
    }

    /// A text on one line, without white space at its end, and with nothing in it that a terminal obeys.
    static func harmless(_ text: String) -> String {
        var scalars = HarmlessText.line(text).unicodeScalars
        while let last = scalars.last, last.properties.isWhitespace || last == "\u{FFFD}" {
            scalars.removeLast()
        }
        return String(scalars)
    }
}
