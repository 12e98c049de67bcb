import Testing

@testable import Events

@Suite("Harmless text")
struct HarmlessTextTests {
    /// What steers a terminal, breaks a line, hides text or turns its direction.
    static let harmful: [Unicode.Scalar] =
        ((0...0x1F).map { $0 } + Array(0x7F...0x9F) + Array(0x200B...0x200F) + Array(0x2028...0x202E)
        + Array(0x2060...0x2064) + Array(0x2066...0x206F) + [0xAD, 0x61C, 0x180E, 0xFEFF, 0xFFF9, 0xE0041])
        .compactMap { Unicode.Scalar(UInt32($0)) }

    @Test("No control character, C1 as well as C0, and no mark of direction is harmless")
    func rule() {
        for scalar in Self.harmful { #expect(!HarmlessText.isHarmless(scalar), "U+\(scalar.value)") }
        for scalar in "aZ~ ü€漢👍\u{301}\u{A0}\u{E000}\u{FFFD}".unicodeScalars {
            #expect(HarmlessText.isHarmless(scalar), "U+\(scalar.value)")
        }
    }

    @Test("Nothing harmful is left in a line, in lines or in JSON", arguments: harmful)
    func anywhere(scalar: Unicode.Scalar) {
        let text = "a\(Character(scalar))b"
        for shown in [HarmlessText.line(text), HarmlessText.lines(text), HarmlessText.escaped(text)] {
            let rest = shown.unicodeScalars.filter { $0 != "\n" }
            #expect(rest.allSatisfy(HarmlessText.isHarmless))
            #expect(rest.first == "a" && rest.last == "b")
        }
        #expect(!HarmlessText.line(text).contains("\n"))
    }

    @Test(
        "White space is a space, everything else is replaced one by one",
        arguments: [
            ("a\tb\r\nc", "a b  c"), ("\u{1B}[2J\u{9B}1m", "\u{FFFD}[2J\u{FFFD}1m"),
            ("x\u{202E}y\u{2066}", "x\u{FFFD}y\u{FFFD}"), ("\u{85}\u{2028}", "  "), ("", ""),
            ("größe", "größe"),
        ]
    )
    func line(text: String, shown: String) {
        #expect(HarmlessText.line(text) == shown)
    }

    @Test("Text of several lines keeps its line feeds alone")
    func lines() {
        #expect(HarmlessText.lines("a\n\n\u{1B}b\r\n\tc\n") == "a\n\n\u{FFFD}b \n c\n")
    }

    @Test("JSON means the same afterwards")
    func json() {
        let json = "{\"a\":\"x\u{9B}\u{202E}\u{7F}\u{E0041}ü\"}"
        #expect(HarmlessText.escaped(json) == #"{"a":"x\u009b\u202e\u007f\udb40\udc41ü"}"#)
        #expect(HarmlessText.escaped(#"{"a":"\u001b"}"#) == #"{"a":"\u001b"}"#)
    }
}
