import GRDB

@testable import Outbox

extension OutboxBench {
    /// What the writer believes of lanes and the file contradicts; empty if it is right.
    func faultsOfLaneMemory() async throws -> [String] {
        try await outbox.submit(keepsLanes: true) { context in
            try context.lanes.faults(in: context.database)
        }
    }
}

extension LaneMemory {
    fileprivate func faults(in database: Database) throws -> [String] {
        try states.filter { try !agrees($0, $1, database) }.map { "lane \($0)" }
            + running.filter { try !agrees($0, lane: $1, database) }.map { "running \($0)" }
            + waiting.filter { try !agrees($0, $1, database) }.map { "listener \($0)" }
    }

    private func agrees(_ lane: Lane, _ state: State, _ database: Database) throws -> Bool {
        let places = try Int.fetchAll(
            database,
            sql: """
                SELECT place FROM dispatches WHERE listener = ? AND lane = ? AND place IS NOT NULL
                ORDER BY place
                """,
            arguments: [lane.listener, lane.name]
        )
        let isTaken = places.first == LanePlace.running.rawValue || places.first == LanePlace.ready.rawValue
        return switch state {
        case .empty: places.isEmpty
        case .taken: isTaken && places.count == 1
        case .shared: isTaken
        }
    }

    private func agrees(_ dispatch: Running, lane: String?, _ database: Database) throws -> Bool {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT state, lane FROM dispatches WHERE event = ? AND listener = ?",
            arguments: [dispatch.event, dispatch.listener]
        )
        return row?["state"] == "running" && row?["lane"] == lane
    }

    private func agrees(_ listener: String, _ waiting: Waiting, _ database: Database) throws -> Bool {
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT min(wake_at), coalesce(sum(place = 1), 0) FROM dispatches
                WHERE listener = ? AND place IS NOT NULL
                """,
            arguments: [listener]
        )
        return row?[0] == waiting.nextWake && (waiting.isAnyReady || row?[1] == 0)
    }
}
