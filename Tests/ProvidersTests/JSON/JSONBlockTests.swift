import Providers
import Testing

/// Strings are read sixteen bytes at a time where that many are left.
///
/// What ends, escapes or breaks a string must be seen wherever in such a block it stands; a reader that goes
/// byte by byte says what is right.
@Suite("JSON strings and blocks")
struct JSONBlockTests {
    /// What stands in a string at every offset in turn.
    static let pieces: [[UInt8]] =
        [
            "", "\"", #"\""#, #"\\"#, #"\n"#, #"\u00e9"#, #"\ud83d\ude00"#, #"\x"#, #"\u12G4"#, #"\u12"#,
            #"\"#, "\u{0}", "\n", "\u{1F}", " ", "!", "#", "[", "]", "\u{7F}", "é", "\u{7FF}", "€",
            "\u{FFFF}", "😀", "é€😀é€😀é€😀é€😀", #"é\n"#, "\",\"", "\":\"",
        ].map { Array($0.utf8) } + [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1], [0xC3, 0x28], [0xC3, 0x22], [0xE0, 0x80, 0x80],
            [0xE2, 0x82], [0xE2, 0x82, 0x5C], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFE], [0xFF],
        ]

    /// The lengths of what stands behind it: none, and around one block and two.
    private static let tailLengths = [0, 1, 7, 8, 14, 15, 16, 17, 31, 32, 33]

    @Test("A string is read as byte by byte, whatever stands in it at whatever offset", arguments: pieces)
    func offsets(piece: [UInt8]) {
        for padding in 0..<70 {
            for tail in Self.tailLengths {
                let content = Self.plain(padding) + piece + Self.plain(tail)
                expectSame([0x22] + content + [0x22])
                expectSame([0x22] + content)
            }
        }
    }

    @Test("Two of them are, too, one of which is the first to be told", arguments: pieces)
    func pairs(piece: [UInt8]) {
        for other in Self.pieces {
            for gap in [0, 1, 7, 8, 15, 16] {
                expectSame([0x22] + Self.plain(5) + piece + Self.plain(gap) + other + [0x22])
            }
        }
    }

    @Test("A key of any length is read as byte by byte, and found")
    func keys() throws {
        for length in 0..<70 {
            let name = String(decoding: Self.plain(length), as: UTF8.self)
            let root = try JSONDocument(Array(#"{"\#(name)":1,"\#(name)x":2}"#.utf8)).root
            #expect(root[name].int64 == 1)
            #expect(root[name + "x"].int64 == 2)
            #expect(!root[name + "y"].exists)
            #expect(!root[name + "xx"].exists)
        }
    }

    /// Letters that differ from their neighbours.
    private static func plain(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(ascii: "a") + UInt8($0 % 26) }
    }

    private func expectSame(_ text: [UInt8], sourceLocation: SourceLocation = #_sourceLocation) {
        let result: ReferenceString.Outcome
        do throws(JSONSyntaxError) {
            result = .text(Array((try JSONDocument(text).root.string ?? "no string").utf8))
        } catch {
            result = .fault(error.reason, error.offset)
        }
        // An expectation for each of the thousands of texts would take more time than reading them.
        let expected = ReferenceString.read(text)
        if result != expected {
            Issue.record("\(text) is \(result), not \(expected)", sourceLocation: sourceLocation)
        }
    }
}

/// A JSON text that is a string, read the simplest way.
enum ReferenceString {
    /// What it says, or what is wrong and where.
    enum Outcome: Equatable {
        case text([UInt8])
        case fault(JSONSyntaxError.Reason, Int)
    }

    private static let letters: [UInt8: UInt8] = [
        0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
    ]

    /// Reads a text that begins with a quote.
    static func read(_ text: [UInt8]) -> Outcome {
        var units: [UInt16] = []
        var index = 1
        while index < text.count {
            switch text[index] {
            case 0x22:
                let rest = text.indices.dropFirst(index + 1).first {
                    ![0x20, 0x0A, 0x0D, 0x09].contains(text[$0])
                }
                if let rest { return .fault(.textAfterEnd, rest) }
                return .text(Array(String(decoding: units, as: UTF16.self).utf8))
            case 0x5C:
                guard index + 1 < text.count else { return .fault(.unexpectedEnd, text.count) }
                if let letter = letters[text[index + 1]] {
                    units.append(UInt16(letter))
                    index += 2
                    continue
                }
                guard text[index + 1] == UInt8(ascii: "u") else { return .fault(.invalidEscape, index) }
                let digits = text[(index + 2)...].prefix(4)
                guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                    return .fault(.invalidEscape, index)
                }
                guard digits.count == 4 else { return .fault(.unexpectedEnd, text.count) }
                units.append(UInt16(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0)
                index += 6
            case 0..<0x20:
                return .fault(.rawControlCharacter, index)
            default:
                let length = scalarLength(lead: text[index])
                guard length > 0 else { return .fault(.invalidUTF8, index) }
                guard index + length <= text.count else { return .fault(.unexpectedEnd, text.count) }
                guard let scalar = String(validating: text[index..<index + length], as: UTF8.self) else {
                    return .fault(.invalidUTF8, index)
                }
                units.append(contentsOf: scalar.utf16)
                index += length
            }
        }
        return .fault(.unexpectedEnd, text.count)
    }

    private static func scalarLength(lead: UInt8) -> Int {
        switch lead {
        case 0..<0x80: 1
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 0
        }
    }
}
