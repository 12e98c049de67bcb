import Testing

@testable import Outbox

/// The statements that run for every delivery and dispatch must not become slower as the file grows.
@Suite("Query plans")
struct QueryPlanTests {
    @Test(
        "Statements of the hot path search indexes and scan nothing",
        arguments: [
            ("claimed", SQL.findClaimed), ("duplicate", SQL.findDelivery),
            ("events of a duplicate", SQL.findEvents), ("mark running", SQL.markRunning),
            ("mark delivered", SQL.markDelivered), ("mark interrupted", SQL.markInterrupted),
            ("mark waiting", SQL.markWaiting), ("mark dead", SQL.markDead), ("ready", LaneSQL.findReady),
            ("woken", LaneSQL.findWoken), ("next wake", LaneSQL.nextWake),
            ("overtaken", LaneSQL.markOvertaken), ("make ready", LaneSQL.makeReady),
            ("make behind", LaneSQL.makeBehind), ("end hold", LaneSQL.endHold), ("lane", LaneSQL.findLane),
            ("leave lane", LaneSQL.leaveLane),
        ]
    )
    func searches(name: String, sql: String) async throws {
        let plan = try await plan(of: sql)
        #expect(!plan.isEmpty)
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(name): \(plan)")
    }

    @Test(
        "Questions about a lane search its entries of the index, and sort nothing",
        arguments: [LaneSQL.foremostPlace, LaneSQL.giveTurn, LaneSQL.isLaneReleased, LaneSQL.markOvertaken]
    )
    func lanes(sql: String) async throws {
        let plan = try await plan(of: sql).filter { $0.contains("dispatches") }
        #expect(!plan.isEmpty)
        for step in plan where !step.contains("PRIMARY KEY") {
            #expect(step.contains("INDEX dispatches_open (listener=? AND place=? AND lane=?"), "\(plan)")
        }
    }

    @Test("A claim takes dispatches in the order of the index, without sorting them")
    func claimDoesNotSort() async throws {
        let plan = try await plan(of: LaneSQL.findReady)
        #expect(plan == ["SEARCH dispatches USING COVERING INDEX dispatches_ready (listener=? AND turn>?)"])
    }

    @Test("The time of the next dispatch is the first entry of the index")
    func nextWakeReadsTheIndexAlone() async throws {
        let plan = try await plan(of: LaneSQL.nextWake)
        #expect(plan.count == 1)
        #expect(plan.first?.contains("INDEX dispatches_waiting (listener=?") == true, "\(plan)")
    }

    @Test(
        "Recovery reads what runs, not what ever ran",
        arguments: [SQL.recordInterrupted, SQL.findRunning]
    )
    func recovery(sql: String) async throws {
        let plan = try await plan(of: sql)
        let steps = plan.filter { $0.contains("dispatches") }
        try #require(steps.count == 3)
        let owner = "INDEX dispatches_open (listener>?)"
        #expect(steps.first == "SEARCH dispatches USING COVERING INDEX dispatches_open", "\(plan)")
        #expect(steps[1].hasSuffix(owner), "\(plan)")
        #expect(steps[2].contains("INDEX dispatches_open (listener=? AND place=?)"), "\(plan)")
    }

    private func plan(of sql: String) async throws -> [String] {
        try await OutboxBench.use { bench in
            let parameters = sql.replacing(/\?[0-9]?/, with: "1")
            let rows = try await bench.writerRows("EXPLAIN QUERY PLAN " + parameters)
            return rows.compactMap { $0.split(separator: "|").last.map(String.init) }
        }
    }
}
