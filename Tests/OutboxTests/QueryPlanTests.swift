import Testing

@testable import Outbox

/// The statements that run for every delivery and dispatch must not become slower as the file grows.
@Suite("Query plans")
struct QueryPlanTests {
    @Test(
        "Statements of the hot path search indexes and scan nothing",
        arguments: [
            ("claim", SQL.findDue), ("next due", SQL.nextDue), ("duplicate", SQL.findDelivery),
            ("events of a duplicate", SQL.findEvents), ("mark running", SQL.markRunning),
            ("mark delivered", SQL.markDelivered), ("mark pending", SQL.markPending),
            ("mark dead", SQL.markDead),
        ]
    )
    func searches(name: String, sql: String) async throws {
        let plan = try await plan(of: sql)
        #expect(!plan.isEmpty)
        #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") }, "\(name): \(plan)")
    }

    @Test("A claim takes dispatches in the order of the index, without sorting them")
    func claimDoesNotSort() async throws {
        let plan = try await plan(of: SQL.findDue)
        #expect(plan.contains { $0.contains("INDEX dispatches_due (listener=? AND next_attempt_at<?)") })
        #expect(!plan.contains { $0.contains("TEMP B-TREE") })
    }

    @Test("The time of the next dispatch is the first entry of the index")
    func nextDueReadsTheIndexAlone() async throws {
        let plan = try await plan(of: SQL.nextDue)
        #expect(plan.count == 1)
        #expect(plan.first?.hasSuffix("INDEX dispatches_due (listener=?)") == true, "\(plan)")
    }

    @Test(
        "Recovery reads what runs, not what ever ran",
        arguments: [SQL.recordInterrupted, SQL.recoverRunning]
    )
    func recovery(sql: String) async throws {
        let plan = try await plan(of: sql)
        #expect(plan.allSatisfy { $0.contains("dispatches_running") }, "\(plan)")
    }

    private func plan(of sql: String) async throws -> [String] {
        try await OutboxBench.use { bench in
            let parameters = sql.replacing("?1", with: "1").replacing("?", with: "1")
            let rows = try await bench.writerRows("EXPLAIN QUERY PLAN " + parameters)
            return rows.compactMap { $0.split(separator: "|").last.map(String.init) }
        }
    }
}
