import Events
import Providers
import Testing

@Suite("JSON values")
struct JSONValueTests {
    private func root(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).root }

    @Test("Members are found by name, however deep and whatever stands before them")
    func members() throws {
        let root = try root(#"{"x":[{"a":1},[2]],"a":{"b":{"c":"d"},"bb":2},"":3,"é":4}"#)
        #expect(root["a"]["b"]["c"].string == "d")
        #expect(root["a"]["bb"].int64 == 2)
        #expect(root[""].int64 == 3)
        #expect(root["é"].int64 == 4)
        #expect(root["b"].exists == false)
        #expect(root["c"].exists == false)
    }

    @Test("Of members of the same name the last one counts")
    func duplicates() throws {
        #expect(try root(#"{"a":1,"b":0,"a":{"a":2},"c":0}"#)["a"]["a"].int64 == 2)
        #expect(try root(#"{"a":1,"\u0061":2}"#)["a"].int64 == 2)
        #expect(try root(#"{"\u0061":1,"a":2}"#)["a"].int64 == 2)
    }

    @Test("A name with escapes is found")
    func escapedNames() throws {
        #expect(try root(#"{"a\"b\\":1}"#)["a\"b\\"].int64 == 1)
        #expect(try root(#"{"\ud83d\ude00":1}"#)["😀"].int64 == 1)
        #expect(try root(#"{"\u0061":1}"#)[#"\u0061"#].exists == false)
    }

    @Test("Access to what is missing or of another type is nil, and never traps")
    func lenient() throws {
        for text in [#"{"a":1}"#, #"["a"]"#, #""a""#, "1", "true", "null", "{}", "[]"] {
            let value = try root(text)["no"]["such"]["thing"]
            #expect(!value.exists && value.kind == nil && !value.isNull && !value.isObject)
            #expect(value.string == nil && value.int64 == nil && value.bool == nil && value.array == nil)
            #expect(!value.first.exists && value.timestamp == nil && value.text == nil && value.number == nil)
        }
        let kinds: [(String, JSONValue.Kind)] = [
            ("{}", .object), ("[]", .array), (#""""#, .string), ("-1", .number), ("false", .bool),
            ("null", .null),
        ]
        for (text, kind) in kinds {
            let value = try root(text)
            #expect(value.kind == kind)
            #expect((value.string != nil) == (kind == .string))
            #expect((value.bool != nil) == (kind == .bool))
            #expect((value.array != nil) == (kind == .array))
            #expect((value.int64 != nil) == (kind == .number))
            #expect(value.isNull == (kind == .null))
            #expect(value.isObject == (kind == .object))
        }
    }

    @Test("Booleans")
    func booleans() throws {
        #expect(try root("true").bool == true)
        #expect(try root("false").bool == false)
    }

    @Test("Arrays give their elements, not what these hold")
    func arrays() throws {
        let root = try root(#"[[1,2],{"a":[3]},"x",4]"#)
        let elements = try #require(root.array)
        #expect(elements.map(\.kind) == [.array, .object, .string, .number])
        #expect(elements[0].array?.map(\.int64) == [1, 2])
        #expect(elements[1]["a"].first.int64 == 3)
        #expect(root.first.first.int64 == 1)
        #expect(try self.root("[]").first.exists == false)
    }

    @Test(
        "Integers of 64 bits, as numbers or digits in quotes; nothing else",
        arguments: [
            ("0", 0), ("-0", 0), ("7", 7), ("-1", -1), ("9223372036854775807", .max),
            ("-9223372036854775808", .min),
            ("9223372036854775808", nil), ("-9223372036854775809", nil), ("99999999999999999999", nil),
            ("1.0", nil),
            ("1e3", nil), (#""42""#, 42), (#""-42""#, -42), (#""""#, nil), (#""-""#, nil), (#""4 2""#, nil),
            (#""0x1""#, nil), (#""\u0031""#, nil), (#""9223372036854775808""#, nil), ("true", nil),
            ("[1]", nil),
        ] as [(String, Int64?)]
    )
    func integers(text: String, value: Int64?) throws {
        #expect(try root(text).int64 == value)
    }

    @Test(
        "Strings are unescaped, and a surrogate without its other half is replaced",
        arguments: [
            (#""plain""#, "plain"), (#""""#, ""), (#""a\"b\\c\/d""#, "a\"b\\c/d"),
            (#""\b\f\n\r\t""#, "\u{8}\u{C}\n\r\t"),
            (#""\u0041\u00e9\u20AC""#, "Aé€"), (#""\ud83d\ude00!""#, "😀!"), (#""\uD83D""#, "\u{FFFD}"),
            (#""\uDE00x""#, "\u{FFFD}x"), (#""\uD83D\u0041""#, "\u{FFFD}A"),
            (#""\uD83D\uD83D\uDE00""#, "\u{FFFD}😀"),
            (#""\uD83Dx\uDE00""#, "\u{FFFD}x\u{FFFD}"), (#""\uD83D\n""#, "\u{FFFD}\n"),
            (#""\u0000""#, "\u{00}"),
            (#""\uDBFF\uDFFF""#, "\u{10FFFF}"), (#""\uFFFE""#, "\u{FFFE}"), (#""é\t😀""#, "é\t😀"),
        ]
    )
    func strings(text: String, value: String) throws {
        #expect(try root(text).string.map { Array($0.utf8) } == Array(value.utf8))
        #expect(try root(text).text == (value.isEmpty ? nil : value))
    }

    @Test(
        "Times are text in the forges' dialects, seconds or milliseconds",
        arguments: [
            (#""2026-01-01T00:00:00Z""#, 1_767_225_600_000),
            (#""2026-01-01T01:00:00.5+01:00""#, 1_767_225_600_500),
            ("1767225600", 1_767_225_600_000), ("1767225600123", 1_767_225_600_123),
            ("99999999999", 99_999_999_999_000), ("100000000000", 100_000_000_000),
            ("0", nil), ("-1", nil), ("1.5", nil), ("253402300800000", nil),
            (#""0001-01-01T00:00:00Z""#, nil), (#""""#, nil), (#""1767225600""#, nil), ("null", nil),
            ("{}", nil),
            (#""2026-13-01T00:00:00Z""#, nil), (#""2026-01-01 00:00:00 UTC""#, 1_767_225_600_000),
            (#""2026-01-01 01:00:00 +0100""#, 1_767_225_600_000),
            (#""2026-01-01T01:00:00+0100""#, 1_767_225_600_000),
            (#""2026-01-01T00:00:00.1234567Z""#, 1_767_225_600_123),
            (#""2026-01-01T00:00:00.123456+00:00""#, 1_767_225_600_123),
            (#""2026-01-01T00:00:00""#, 1_767_225_600_000),
            (#""1970-01-01T01:00:00+01:00""#, nil), (#""2026-01-01 00:00:00 UTC ""#, nil),
            (#""2026-01-01T00:00:00 ""#, nil), (#""2026-01-01T""#, nil), (#""2026-01-01""#, nil),
        ] as [(String, Int64?)]
    )
    func times(text: String, milliseconds: Int64?) throws {
        #expect(try root(text).timestamp?.milliseconds == milliseconds)
    }

    @Test(
        "A branch's name is that of its ref, and never empty",
        arguments: [
            (#""refs/heads/main""#, "main"), (#""main""#, "main"), (#""refs/heads/a/b""#, "a/b"),
            (#""refs/tags/v1""#, "refs/tags/v1"), (#""refs/heads/""#, nil), (#""""#, nil), ("7", nil),
        ] as [(String, String?)]
    )
    func branchNames(text: String, name: String?) throws {
        #expect(try root(text).branchName == name)
    }

    @Test(
        "A hash of zeros stands for no commit",
        arguments: [
            (#""0000000000000000000000000000000000000000""#, nil, true), (#""a0""#, "a0", false),
            (#""""#, nil, nil), ("0", nil, nil), ("null", nil, nil),
        ] as [(String, String?, Bool?)]
    )
    func hashes(text: String, commit: String?, isZero: Bool?) throws {
        #expect(try root(text).commitHash == commit)
        #expect(try root(text).isZeroHash == isZero)
    }

    @Test(
        "Numbers of pull requests are positive",
        arguments: [("1", 1), (#""7""#, 7), ("0", nil), ("-1", nil), ("1.5", nil), ("null", nil)]
            as [(String, Int?)]
    )
    func numbers(text: String, number: Int?) throws {
        #expect(try root(text).number == number)
    }
}
