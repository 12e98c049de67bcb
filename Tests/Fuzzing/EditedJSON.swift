/// A JSON text of which parts are replaced by other values, so that it stays JSON.
///
/// Whoever changes single bytes mostly gets what is no JSON any more, and that no mapping ever sees.
struct EditedJSON {
    /// How many bytes of an input are one edit: two say what is replaced, and two by what.
    static let editByteCount = 4
    /// How many edits one text gets.
    private static let editCountMax = 8

    /// The text.
    private(set) var bytes: [UInt8]

    /// Applies edits, each to what the one before it made.
    ///
    /// - Parameters:
    ///   - json: The text to begin with.
    ///   - edits: Bytes of an input; of what is no whole edit nothing is used.
    ///   - values: JSON texts to put in.
    init(_ json: [UInt8], edits: ArraySlice<UInt8>, values: [[UInt8]]) {
        bytes = json
        var edits = edits.prefix(Self.editCountMax * Self.editByteCount)
        while edits.count >= Self.editByteCount {
            let numbers = edits.prefix(Self.editByteCount).map(Int.init)
            edits = edits.dropFirst(Self.editByteCount)
            let parts = Self.parts(of: bytes)
            guard !parts.isEmpty else { return }
            let part = parts[(numbers[0] << 8 | numbers[1]) % parts.count]
            let value = values[(numbers[2] << 8 | numbers[3]) % values.count]
            bytes.replaceSubrange(part, with: value)
        }
    }

    /// The ranges of all keys and values, inner before outer.
    private static func parts(of json: [UInt8]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var open: [Int] = []
        var index = 0
        while index < json.count {
            let start = index
            index += 1
            switch json[start] {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                open.append(start)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if let start = open.popLast() { parts.append(start..<index) }
            case UInt8(ascii: "\""):
                while index < json.count, json[index] != UInt8(ascii: "\"") {
                    index += json[index] == UInt8(ascii: "\\") ? 2 : 1
                }
                index = min(index + 1, json.count)
                parts.append(start..<index)
            case let byte where isWord(byte):
                while index < json.count, isWord(json[index]) { index += 1 }
                parts.append(start..<index)
            default:
                break
            }
        }
        return parts
    }

    /// Whether it is part of a number or of `true`, `false` or `null`.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch Character(Unicode.Scalar(byte)) {
        case "a"..."z", "E", "0"..."9", "+", "-", ".": true
        default: false
        }
    }
}
