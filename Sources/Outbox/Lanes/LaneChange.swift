import Events
import GRDB

/// How far the lanes of a listener are made anew; kept in the file, so that it is begun again after a crash.
enum LaneChange: String {
    /// Dispatches get their new lanes; until all have them, none is claimed and nobody gets a turn.
    case assigning
    /// Every lane gets its turn.
    case starting
}

extension Outbox {
    /// Dispatches that one step changes at most: bounds the write-ahead log, and how long deliveries wait.
    package static let laneStepMax: Int64 = 5000

    /// Makes the lanes of a listener's open dispatches anew, in the ordering that it has now, step by step.
    ///
    /// Each holds its place in the order; a running one goes on, perhaps beside another of its new lane.
    func makeLanes(of listener: String, step: Int64) async throws(OutboxError) {
        let newest = try await submit { $0.newestEventID }
        var next: Int64? = 1
        while let first = next, first <= newest {
            let events = first...(first + step - 1)
            next = try await submit { try $0.assignLanes(of: listener, in: events) }
        }
        try await submit { try $0.setLaneChange(.starting, of: listener) }
        while try await submit({ try $0.startOwnLanes(of: listener, limit: step) }) {}
        var last = ""
        while let lane = try await submit({ [last] in
            try $0.startLanes(of: listener, after: last, limit: step)
        }) {
            last = lane
        }
        try await submit { try $0.setLaneChange(nil, of: listener) }
    }
}

extension WriterContext {
    /// Keeps how far a listener's lanes are made anew; nil when they are.
    func setLaneChange(_ change: LaneChange?, of listener: String) throws {
        if let change {
            try database.execute(sql: LaneSQL.setLaneChange, arguments: [listener, change.rawValue])
        } else {
            try database.execute(sql: LaneSQL.endLaneChange, arguments: [listener])
        }
        try reload()
    }

    /// Returns the first event behind these; nil if there is none.
    fileprivate func assignLanes(of listener: String, in events: ClosedRange<Int64>) throws -> Int64? {
        try database.execute(
            sql: LaneSQL.assignLanes,
            arguments: [
                listener, ordering(of: listener).rawValue, clock.now().milliseconds, events.lowerBound,
                events.upperBound,
            ]
        )
        return try Int64.fetchOne(
            database,
            sql: LaneSQL.firstEventBehind,
            arguments: [events.upperBound]
        )
    }

    /// Gives the turn to some that are a lane of their own; false when there is none left.
    fileprivate func startOwnLanes(of listener: String, limit: Int64) throws -> Bool {
        try database.execute(sql: LaneSQL.startOwnLanes, arguments: [listener, limit])
        return database.changesCount > 0
    }

    /// Gives some lanes their turn; returns the last of them, nil when there is none left.
    fileprivate func startLanes(of listener: String, after lane: String, limit: Int64) throws -> String? {
        let arguments: StatementArguments = [listener, lane, limit]
        let names = try String.fetchAll(database, sql: LaneSQL.lanesBehind, arguments: arguments)
        for name in names { try advance(listener: listener, lane: name) }
        return names.last
    }
}
