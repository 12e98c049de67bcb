import Foundation
import Providers
import Testing

@Suite("JSON texts")
struct JSONDocumentTests {
    private func root(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

    @Test(
        "What RFC 8259 allows is taken, and Foundation takes it too",
        arguments: [
            "{}", "[]", " [ ] ", "null", "true", "false", "0", "-0", "-1.5e+10", "1E9", "1.0e-2", #""""#,
            #""a""#,
            #"{"a":{"b":[1,{"c":null}]}}"#, "[1,2 , 3\n,\t4\r]", #"{"":0}"#, #"{"a":1,"a":2}"#,
            #""\"\\\/\b\f\n\r\t\u00e9\uD83D\uDE00""#, #""é€😀\#u{7F}\#u{80}\#u{2028}\#u{10FFFF}""#,
            "123456789012345678901234567890", #"{"a":"\u0000"}"#, "[[[[[[]]]]]]",
            #"["12345678","1234567","123456789"]"#,
        ]
    )
    func valid(text: String) throws {
        #expect(try root(text).exists)
        #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
        }
    }

    @Test(
        "Anything else is refused, with what and where",
        arguments: [
            ("", .empty, 0), ("  \n", .empty, 3), ("{", .unexpectedEnd, 1), ("[", .unexpectedEnd, 1),
            ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[1,]", .missingValue, 3),
            ("[,1]", .missingValue, 1),
            ("[1 2]", .missingComma, 3), ("[1}", .missingComma, 2), (#"{"a"}"#, .missingColon, 4),
            (#"{"a":}"#, .missingValue, 5), (#"{"a":1,}"#, .missingKey, 7), ("{a:1}", .missingKey, 1),
            ("{1:1}", .missingKey, 1), (#"{"a":1]"#, .missingComma, 6), (#"{"a" 1}"#, .missingColon, 5),
            (#"{"a""#, .unexpectedEnd, 4), ("]", .missingValue, 0), ("1 1", .textAfterEnd, 2),
            ("{}x", .textAfterEnd, 2),
            ("tru", .unexpectedEnd, 3), ("trux", .missingValue, 3), ("True", .missingValue, 0),
            ("nul]", .missingValue, 3),
            ("01", .textAfterEnd, 1), ("-", .unexpectedEnd, 1), ("-a", .invalidNumber, 1),
            ("1.", .unexpectedEnd, 2),
            ("1.e1", .invalidNumber, 2), ("1e", .unexpectedEnd, 2), ("[1e+]", .invalidNumber, 4),
            ("+1", .missingValue, 0),
            (".5", .missingValue, 0), ("NaN", .missingValue, 0), ("Infinity", .missingValue, 0),
            ("0x1", .textAfterEnd, 1),
            (#"""#, .unexpectedEnd, 1), (#""abc"#, .unexpectedEnd, 4), (#""a\"#, .unexpectedEnd, 3),
            (#""\x""#, .invalidEscape, 1), (#""\u12""#, .invalidEscape, 1), (#""\u12"#, .unexpectedEnd, 5),
            (#""\u12G4""#, .invalidEscape, 1), (#""\U0041""#, .invalidEscape, 1),
            ("\"a\nb\"", .rawControlCharacter, 2),
            ("\"\u{00}\"", .rawControlCharacter, 1), ("\"0123456789\tb\"", .rawControlCharacter, 11),
            ("'a'", .missingValue, 0), ("// a\n1", .missingValue, 0), ("{}\u{00}", .textAfterEnd, 2),
            ("\u{FEFF}\u{FEFF}1", .missingValue, 3), ("\u{A0}1", .missingValue, 0),
            ("\u{0C}1", .missingValue, 0),
        ] as [(String, JSONSyntaxError.Reason, Int)]
    )
    func invalid(text: String, reason: JSONSyntaxError.Reason, offset: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try root(text) }
        #expect(error?.reason == reason)
        #expect(error?.offset == offset)
    }

    @Test(
        "Strings that are not UTF-8 are refused",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xFE],
            [0xF0, 0x9F, 0x98, 0x28],
        ] as [[UInt8]]
    )
    func notUTF8(bytes: [UInt8]) {
        for padding in [0, 3, 8, 20] {
            let text = [0x22] + Array(repeating: UInt8(ascii: "a"), count: padding) + bytes + [0x22]
            let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(text) }
            #expect(error?.reason == .invalidUTF8)
            #expect(error?.offset == padding + 1)
        }
    }

    @Test("Every scalar is taken, and nothing that the standard library repairs")
    func utf8() throws {
        for value in [0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x1_0000, 0x10_FFFF] as [UInt32] {
            let text = String(try #require(Unicode.Scalar(value)))
            #expect(try root("\"\(text)\"").string == text)
        }
    }

    @Test("A text may be nested to the limit, and no deeper, whatever it nests", arguments: ["[", #"{"a":"#])
    func depth(opener: String) throws {
        let closer = opener == "[" ? "]" : "}"
        func text(_ depth: Int) -> String {
            String(repeating: opener, count: depth) + "1" + String(repeating: closer, count: depth)
        }
        #expect(try root(text(JSONDocument.depthMax)).exists)
        let error = #expect(throws: JSONSyntaxError.self) { try root(text(JSONDocument.depthMax + 1)) }
        #expect(error?.reason == .tooDeep)
        #expect(throws: JSONSyntaxError.self) { try root(String(repeating: opener, count: 100_000)) }
    }

    @Test("A text may have so many keys and values, and no more")
    func valueCount() throws {
        let text = Array(#"{"a":[1,2,{}]}"#.utf8)
        #expect(try JSONDocument(text, valueCountMax: 6).root["a"].array?.count == 3)
        let error = #expect(throws: JSONSyntaxError.self) { try JSONDocument(text, valueCountMax: 5) }
        #expect(error?.reason == .tooManyValues)
        #expect(error?.offset == 10)
    }

    @Test("The first value that is one too many is told, however many there may be")
    func valueCountMax() throws {
        for count in 1...200 {
            let text = "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
            #expect(try JSONDocument(Array(text.utf8), valueCountMax: count + 1).root.array?.count == count)
            let error = #expect(throws: JSONSyntaxError.self) {
                try JSONDocument(Array(text.utf8), valueCountMax: count)
            }
            #expect(error?.reason == .tooManyValues)
            #expect(error?.offset == 2 * count - 1)
        }
    }

    @Test("Texts with far more values than their length suggests are read whole")
    func denseTexts() throws {
        let numbers = try root("[" + (0..<5000).map { "\($0 % 10)" }.joined(separator: ",") + "]")
        #expect(numbers.array?.map(\.int64) == (0..<5000).map { Int64($0 % 10) })
        let nested = try root("[" + Array(repeating: #"{"":[]}"#, count: 5000).joined(separator: ",") + "]")
        #expect(nested.array?.count == 5000)
        #expect(nested.array?.last?[""].array?.isEmpty == true)
        let members = try root("{" + (0..<5000).map { #""\#($0)":\#($0)"# }.joined(separator: ",") + "}")
        for number in stride(from: Int64(0), to: 5000, by: 499) {
            #expect(members["\(number)"].int64 == number)
        }
    }

    @Test("The description of an error is a clause")
    func description() {
        let error = #expect(throws: JSONSyntaxError.self) { try root("[1,]") }
        #expect(error?.description == "expected a value at byte 3")
    }
}
