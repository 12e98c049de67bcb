import Events
import Foundation
import Testing

@Suite("Writing JSON")
struct JSONWriterTests {
    @Test("Every Unicode scalar reads back in Foundation's parser")
    func everyScalarReadsBack() throws {
        let scalars = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init)
        for start in stride(from: 0, to: scalars.count, by: 4096) {
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars[start..<min(start + 4096, scalars.count)])
            let original = String(text)
            #expect(
                try parsed(original).unicodeScalars.elementsEqual(text),
                "from U+\(String(start, radix: 16))"
            )
        }
    }

    @Test(
        "Only what has to be escaped is escaped",
        arguments: [
            ("", #""""#),
            ("plain", #""plain""#),
            ("a\"b", #""a\"b""#),
            ("a\\b", #""a\\b""#),
            ("a/b", #""a/b""#),
            ("line\nend\r\ttab", #""line\nend\r\ttab""#),
            ("\u{0}\u{1F}\u{7F}", "\"\\u0000\\u001f\u{7F}\""),
            ("é𝄞\u{2028}", "\"é𝄞\u{2028}\""),
            ("e\u{301}\u{200D}👩‍👩‍👧", "\"e\u{301}\u{200D}👩‍👩‍👧\""),
        ]
    )
    func escapes(text: String, json: String) {
        var writer = JSONWriter()
        writer.string(text)
        #expect(writer.text == json)
    }

    @Test(
        "A text is escaped byte by byte, whatever stands in it at whatever offset",
        arguments: [
            "", "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{B}", "\u{1F}", " ", "!", "\u{7F}", "é", "€",
            "😀", "\"\"", "é\"", "\"é", "\n\n\n",
        ]
    )
    func offsets(piece: String) {
        for padding in 0..<70 {
            for tail in [0, 1, 7, 8, 15, 16, 17, 33] {
                let pads = [padding, tail].map { String(repeating: "x", count: $0) }
                for text in [pads[0] + piece + pads[1], pads[0] + piece + pads[1] + piece] {
                    var writer = JSONWriter()
                    writer.string(text)
                    #expect(writer.text == "\"" + text.unicodeScalars.map(Self.escaped).joined() + "\"")
                }
            }
        }
    }

    /// RFC 8259 section 7, and no more than that.
    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return #"\""#
        case "\\": return #"\\"#
        case "\n": return #"\n"#
        case "\r": return #"\r"#
        case "\t": return #"\t"#
        case "\0"..<" ": return #"\u00"# + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        default: return String(scalar)
        }
    }

    @Test("Commas stand between fields and values, and nowhere else")
    func commas() {
        var writer = JSONWriter(capacity: 8)
        writer.object {
            $0.field("a", 1)
            $0.detail("absent", String?.none)
            $0.field("b", [Int64(1), 2])
            $0.field("c", [String]())
            $0.field("d", Bool?.none)
            $0.field("e", rawJSON: #"{"x":1}"#.utf8)
            $0.field("f", true)
        }
        #expect(writer.text == #"{"a":1,"b":[1,2],"c":[],"d":null,"e":{"x":1},"f":true}"#)
    }

    @Test("Integers are written in full", arguments: [Int64.min, -1, 0, Int64.max])
    func integers(value: Int64) {
        var writer = JSONWriter()
        value.write(to: &writer)
        #expect(writer.text == "\(value)")
    }

    private func parsed(_ text: String) throws -> String {
        var writer = JSONWriter()
        writer.array([text])
        let value = try JSONSerialization.jsonObject(with: Data(writer.bytes))
        return try #require((value as? [String])?.first)
    }
}
