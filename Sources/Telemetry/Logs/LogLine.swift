import Events
import Logging

/// One line of the log while it is written.
struct LogLine {
    private var text: [UInt8] = []
    private var isFull = false

    /// Longer values are cut.
    static let valueBytesMax = 1024

    /// Longer lines are cut between two values, and say so.
    static let lineBytesMax = 8192

    private static let keyBytesMax = 64
    private static let cutMark = Array(" truncated=true".utf8)

    init(time: Timestamp, level: Logger.Level, message: String) {
        text.reserveCapacity(256)
        text += "\(time) \(level.rawValue) ".utf8
        Self.append(Self.cut(message), to: &text)
    }

    /// The line with its line feed.
    var finished: [UInt8] { text + (isFull ? Self.cutMark : []) + [UInt8(ascii: "\n")] }

    /// Adds one value, unless the line is full.
    mutating func append(_ key: String, _ value: String) {
        guard !isFull else { return }
        var pair: [UInt8] = [UInt8(ascii: " ")]
        pair += key.utf8.prefix(Self.keyBytesMax).map { Self.isKeyByte($0) ? $0 : UInt8(ascii: "_") }
        pair.append(UInt8(ascii: "="))
        let value = Self.cut(value)
        let isQuoted = value.isEmpty || value.contains { Self.needsQuotes($0) }
        if isQuoted { pair.append(UInt8(ascii: "\"")) }
        Self.append(value, escapesQuotes: true, to: &pair)
        if isQuoted { pair.append(UInt8(ascii: "\"")) }
        isFull = text.count + pair.count + Self.cutMark.count + 1 > Self.lineBytesMax
        if !isFull { text += pair }
    }

    /// The first kibibyte, without half a character at its end.
    private static func cut(_ value: String) -> String.UnicodeScalarView.SubSequence {
        let scalars = value.unicodeScalars
        guard value.utf8.count > valueBytesMax else { return scalars[...] }
        var bytes = 0
        let head = scalars.prefix { scalar in
            bytes += UTF8.width(scalar)
            return bytes <= valueBytesMax
        }
        return (String(head) + "…").unicodeScalars[...]
    }

    private static func append(
        _ value: String.UnicodeScalarView.SubSequence,
        escapesQuotes: Bool = false,
        to text: inout [UInt8]
    ) {
        for scalar in value {
            switch scalar {
            case "\n": text += "\\n".utf8
            case "\r": text += "\\r".utf8
            case "\t": text += "\\t".utf8
            case "\\" where escapesQuotes: text += "\\\\".utf8
            case "\"" where escapesQuotes: text += "\\\"".utf8
            default:
                let isHarmless = HarmlessText.isHarmless(scalar)
                text += isHarmless ? Array(UTF8.encode(scalar) ?? .init()) : Array(escape(scalar).utf8)
            }
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }

    private static func needsQuotes(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "=" || scalar == "\"" || scalar == "\\" || scalar.properties.isWhitespace
            || !HarmlessText.isHarmless(scalar)
    }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=") && byte != UInt8(ascii: "\"")
    }
}
