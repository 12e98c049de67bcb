import Testing

@testable import Dispatcher

@Suite("Excerpts of answers")
struct ExcerptTests {
    @Test(
        "A text becomes one line without control characters and marks of direction",
        arguments: [
            ("plain", "plain"), ("a\r\n\tb", "a b"), ("\u{1B}[31mred\u{7}", "[31mred"),
            ("a\u{202E}b\u{2028}c\u{85}d", "a b c d"), ("  spaced   out ", "spaced out"), ("\u{0}", ""),
            ("Größe 👍", "Größe 👍"),
        ]
    )
    func lines(_ text: String, _ expected: String) {
        #expect(Excerpt.of(text.utf8, without: [], bytesMax: 200) == expected)
    }

    @Test("What is no UTF-8 is replaced")
    func notText() {
        #expect(Excerpt.of([0x61, 0xFF, 0x62], without: [], bytesMax: 200) == "a\u{FFFD}b")
    }

    @Test("A long text is cut between characters", arguments: 1...40)
    func cut(_ bytesMax: Int) {
        let excerpt = Excerpt.of("aä€👍".repeated(20).utf8, without: [], bytesMax: bytesMax)
        #expect(excerpt.hasSuffix("…"))
        #expect(excerpt.utf8.count <= bytesMax + 3)
        #expect(!excerpt.contains("\u{FFFD}"))
    }

    @Test("Secrets are left out before anything is cut")
    func secrets() {
        let excerpt = Excerpt.of(
            "token hunter2hunter2 and hunter2hunter2".utf8,
            without: ["hunter2hunter2", ""],
            bytesMax: 12
        )
        #expect(excerpt == "token [redac…")
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
