import Testing

@testable import Settings

@Suite("Near misses")
struct NearMissTests {
    private let words = ["listen", "maxBodyBytes", "limits", "secrets", "on", "percent"]

    @Test(
        "A small mistake finds the word that was meant",
        arguments: [
            ("lisen", "listen"), ("secert", "secrets"), ("max_body_bytes", "maxBodyBytes"), ("no", "on"),
            ("LISTEN", "listen"), ("limit", "limits"), ("max-bodybytes", "maxBodyBytes"),
        ]
    )
    func found(word: String, meant: String) {
        #expect(NearMiss.of(word, among: words) == meant)
    }

    @Test("Another word finds nothing", arguments: ["timeout", "x", "", "---", "listen"])
    func notFound(word: String) {
        #expect(NearMiss.of(word, among: words) == nil)
    }

    @Test("A very long word is not compared")
    func long() {
        let word = String(repeating: "a", count: 65)
        #expect(NearMiss.of(word, among: [word + "b", String(word.dropLast())]) == nil)
    }

    @Test(
        "The distance counts insertions, deletions, replacements and swaps",
        arguments: [
            ("", "", 0), ("a", "", 1), ("", "ab", 2), ("abc", "acb", 1), ("abc", "abd", 1),
            ("kitten", "sitting", 3),
        ]
    )
    func distance(left: String, right: String, count: Int) {
        #expect(NearMiss.distance(Array(left.utf8), Array(right.utf8)) == count)
        #expect(NearMiss.distance(Array(right.utf8), Array(left.utf8)) == count)
    }
}
