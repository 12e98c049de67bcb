import Testing

@Suite("The rule on private places")
struct WordingRuleTests {
    private func lines(_ text: String, path: String) -> [Int] {
        WordingRules.privatePlaces(SourceFile(path: path, text: text)).map(\.line)
    }

    @Test("A private place is a violation in every file", arguments: WordingRules.privatePlaces)
    func found(place: String) {
        #expect(lines("a\nb \(place)c", path: "Makefile") == [2])
        #expect(lines("a\nb \(place)c", path: "Tests/A/B.swift") == [2])
    }

    @Test("The folder of recorded deliveries may be named by what reads it")
    func deliveries() {
        let text = "\(WordingRules.recordedDeliveries)/corpus"
        #expect(lines(text, path: "Sources/A/B.swift") == [1])
        #expect(lines(text, path: "README.md") == [1])
        for reader in WordingRules.readersOfRecordedDeliveries { #expect(lines(text, path: reader) == []) }
    }

    @Test("Other words are none")
    func notFound() {
        #expect(lines("workers share a farm\n/opt/forgewire\n../sharing", path: "README.md") == [])
    }
}
