import Testing

@testable import Settings

@Suite("Patterns of text")
struct TextPatternTests {
    @Test(
        "A glob covers the whole text, and case counts",
        arguments: [
            ("release/*", "release/1/2", true), ("release/*", "Release/1", false),
            ("release/*", "release", false),
            ("*", "", true), ("?", "", false), ("?", "é", true), ("??", "é", false), ("a?c", "a/c", true),
            ("/deploy*", "/deploy\nnow", true), ("*fix*", "a fix b", true), ("*fix*", "f ix", false),
            ("[a]", "[a]", true), ("[a]", "a", false), ("a**b", "ab", true),
            ("*.swift", "a.swift.txt", false),
            ("", "", true), ("", "a", false), ("*é", "caf\u{E9}", true),
        ]
    )
    func glob(pattern: String, text: String, isTaken: Bool) {
        #expect(TextPattern(pattern).matches(text) == isTaken)
    }

    @Test("A pattern made of stars takes no time to fail, and a text beyond the limit no time at all")
    func bounds() {
        let pattern = TextPattern(String(repeating: "*a", count: 100) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 1000)))
        let text = String(repeating: "a", count: ByteSize.mebibyte)
        #expect(TextPattern("a*").matches(text))
        #expect(!TextPattern("a*").matches(text + "a"))
    }

    @Test("Short patterns and texts agree with a matcher that tries everything", arguments: UInt64(1)...8)
    func model(seed: UInt64) {
        var random = SplitMix(state: seed)
        for _ in 0..<400 {
            let pattern = Self.word("ab*?", &random)
            let text = Self.word("ab", &random)
            #expect(
                TextPattern(pattern).matches(text) == Self.covers(pattern[...], text[...]),
                "seed \(seed): \(pattern) on \(text)"
            )
        }
    }

    private static func word(_ letters: String, _ random: inout SplitMix) -> String {
        String(
            (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
                letters.randomElement(using: &random)
            }
        )
    }

    private static func covers(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let step = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if step == "*" { return covers(rest, text) || !text.isEmpty && covers(pattern, text.dropFirst()) }
        guard let first = text.first, step == "?" || step == first else { return false }
        return covers(rest, text.dropFirst())
    }
}
