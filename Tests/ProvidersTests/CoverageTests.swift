import Events
import Foundation
import Providers
import TestKit
import Testing

@Suite("What each provider gives")
struct CoverageTests {
    private static let readme = {
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in ["CoverageTests.swift", "ProvidersTests", "Tests"] { url.deleteLastPathComponent() }
        return url.appending(path: "README.md")
    }()

    /// Set by `make coverage`: the table is written instead of compared.
    private static let isUpdating = ProcessInfo.processInfo.environment["FORGEWIRE_COVERAGE"] == "write"

    @Test("The tables in the README are what the mappers do")
    func tables() throws {
        let table = CoverageTable.markdown(try ProviderCatalog.standard.all.map(Coverage.init))
        let text = try String(contentsOf: Self.readme, encoding: .utf8)
        let begin = try #require(
            text.range(of: CoverageTable.begin + "\n\n"),
            "the README has no such section"
        )
        let end = try #require(text.range(of: "\n\n" + CoverageTable.end), "the section has no end")
        guard text[begin.upperBound..<end.lowerBound] != table else { return }
        guard Self.isUpdating else {
            Issue.record("the tables in the README are old: run `make coverage`")
            return
        }
        let updated = text[..<begin.upperBound] + table + text[end.lowerBound...]
        try String(updated).write(to: Self.readme, atomically: true, encoding: .utf8)
    }

    @Test("Every field and action of the model is given by some provider")
    func model() throws {
        let coverages = try ProviderCatalog.standard.all.map(Coverage.init)
        for kind in EventKind.allCases where kind != .unknown {
            let given = coverages.reduce(into: Set<String>()) { $0.formUnion($1.fields[kind] ?? []) }
            let model = try Coverage.fields(of: EventFactory.populated(kind))
            #expect(model.subtracting(given) == [], "\(kind)")
            let actions = coverages.reduce(into: Set<String>()) { $0.formUnion($1.actions[kind] ?? []) }
            #expect(Set(kind.actions).subtracting(actions) == [], "\(kind)")
        }
    }

    @Test("A sample or a delivery of the tests has no action that the model does not know")
    func actions() throws {
        for coverage in try ProviderCatalog.standard.all.map(Coverage.init) {
            for (kind, actions) in coverage.actions where kind != .unknown {
                #expect(actions.subtracting(kind.actions) == [], "\(coverage.provider) \(kind)")
            }
        }
    }
}
