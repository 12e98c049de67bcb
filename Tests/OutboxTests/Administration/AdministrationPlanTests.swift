import Testing

@testable import Outbox

/// What operators have done must not hold up deliveries, however large the file is.
@Suite("Query plans of operators' work")
struct AdministrationPlanTests {
    @Test(
        "What changes rows on the writer's thread searches indexes and scans nothing",
        arguments: [
            ("find", AdministrationSQL.findDispatch), ("make", AdministrationSQL.makeDispatch),
            ("newer in lane", AdministrationSQL.hasNewerInLane),
            ("overtaken", AdministrationSQL.isOvertakenInLane), ("discard", AdministrationSQL.discard),
            ("adopt attempts", AdministrationSQL.adoptAttempts),
            ("adopt dispatch", AdministrationSQL.adoptDispatch), ("prune", AdministrationSQL.prune),
            ("retype event", AdministrationSQL.retypeEvent),
            ("retype dispatches", AdministrationSQL.retypeDispatches),
            ("retype delivery", AdministrationSQL.retypeDelivery),
        ]
    )
    func writer(name: String, sql: String) async throws {
        let plan = try await plan(of: sql)
        #expect(!plan.isEmpty)
        #expect(plan.allSatisfy { !$0.hasPrefix("SCAN") }, "\(name): \(plan)")
    }

    @Test(
        "What looks at many rows reads a range of ids in their order, without sorting",
        arguments: [
            ("dead", AdministrationReaderSQL.dead, "dispatches_dead (listener=? AND event>? AND event<?)"),
            ("events", AdministrationReaderSQL.events, "SEARCH e USING INTEGER PRIMARY KEY"),
            ("open", AdministrationReaderSQL.open, "USING PRIMARY KEY (event>? AND event<?)"),
            ("adoptable", AdministrationReaderSQL.adoptable, "USING PRIMARY KEY (event>? AND event<?)"),
            ("old", AdministrationReaderSQL.oldDeliveries, "SEARCH d USING INTEGER PRIMARY KEY (rowid>?)"),
            ("old dead", AdministrationReaderSQL.oldDead, "dispatches_dead ((listener,event)>(?,?))"),
        ]
    )
    func reader(name: String, sql: String, range: String) async throws {
        let plan = try await plan(of: sql)
        #expect(plan.contains { $0.contains(range) }, "\(name): \(plan)")
        #expect(!plan.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN") }, "\(name): \(plan)")
    }

    @Test(
        "The history of many lanes is one pass over a range of dispatches",
        arguments: [
            AdministrationReaderSQL.newestInLanesOfSubject,
            AdministrationReaderSQL.newestInLanesOfRepository,
        ]
    )
    func history(sql: String) async throws {
        let plan = try await plan(of: sql)
        let dispatches = plan.filter { $0.contains("dispatches") }
        #expect(dispatches == ["SEARCH dispatches USING PRIMARY KEY (event>? AND event<?)"])
        #expect(plan.contains { $0.contains("wanted USING AUTOMATIC COVERING INDEX") }, "\(plan)")
    }

    private func plan(of sql: String) async throws -> [String] {
        try await OutboxBench.use { bench in
            let parameters = sql.replacing(/[?:][a-zA-Z0-9]*/, with: "1")
            let rows = try await bench.writerRows("EXPLAIN QUERY PLAN " + parameters)
            return rows.compactMap { $0.split(separator: "|").last.map(String.init) }
        }
    }
}
