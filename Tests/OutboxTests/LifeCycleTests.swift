import Events
import Foundation
import Testing
@testable import Outbox

@Suite("The life cycle of a dispatch")
struct LifeCycleTests {
    @Test("The states are the same in the type, in the schema and in the article")
    func states() throws {
        let states = DispatchState.allCases.map(\.rawValue)
        #expect(Schema.migrations.contains { $0.contains(check("state", states)) })
        let article = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/Outbox/Documentation.docc/DispatchLifeCycle.md")
        let rows = try String(contentsOf: article, encoding: .utf8).split(separator: "\n")
            .compactMap { $0.firstMatch(of: /^\| `([a-z]+)` \|/)?.output.1 }
        #expect(rows.map(String.init) == states)
    }

    @Test("Outcomes and reasons are the same in the types and in the schema")
    func words() {
        let outcomes = check("outcome", AttemptOutcome.allCases.map(\.rawValue))
        let reasons = check("reason", DeadReason.allCases.map(\.rawValue))
        #expect(Schema.migrations.contains { $0.contains(outcomes) && $0.contains(reasons) })
    }

    private func check(_ column: String, _ words: [String]) -> String {
        "CHECK (\(column) IN (\(words.map { "'\($0)'" }.joined(separator: ", "))))"
    }
}
