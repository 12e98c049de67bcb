import Events
import GRDB

/// Which of some dispatches come late: something of their lane that came later has run, or will run before
/// them.
///
/// Finished dispatches are in no index of lanes, as that would cost every delivery; so the history of many
/// lanes is looked up in one pass over the dispatches that came later, and kept up while they are queued.
struct LaneHistory: Sendable {
    /// The newest event that was looked at; what comes later is for the writer to look at.
    private(set) var seenUntil: Int64

    private let reader: AdministrationReader
    private let listener: String
    private let ordering: LaneOrdering
    private let place: LanePlace
    private let lanes: String
    private var newest: [String: Int64] = [:]

    /// Looks up the lanes of some dispatches.
    ///
    /// - Parameters:
    ///   - reader: Reads the outbox.
    ///   - listener: Whose dispatches they are.
    ///   - ordering: What makes its lanes.
    ///   - place: Open dispatches up to this place count as running before them.
    ///   - candidates: The dispatches, in any order.
    /// - Throws: `OutboxError` if the file cannot be read.
    init(
        _ reader: AdministrationReader,
        listener: String,
        ordering: LaneOrdering,
        place: LanePlace,
        of candidates: [LaneCandidate]
    ) async throws(OutboxError) {
        self.reader = reader
        self.listener = listener
        self.ordering = ordering
        self.place = place
        let names = Set(candidates.compactMap(\.lane)).sorted()
        var json = JSONWriter()
        json.array(names)
        lanes = json.text
        seenUntil = candidates.map(\.event).min() ?? 0
        if names.isEmpty { seenUntil = .max } else { try await lookUp() }
    }

    /// Whether a dispatch comes late in its lane, as far as was looked.
    func isLate(_ candidate: LaneCandidate) -> Bool {
        guard let lane = candidate.lane, let newest = newest[lane] else { return false }
        return newest > candidate.event
    }

    /// Looks at what has come in since.
    mutating func lookUp() async throws(OutboxError) {
        guard seenUntil < .max else { return }
        let end = try await reader.newestEvent()
        while seenUntil < end {
            let window = try await reader.window(after: seenUntil, until: end)
            for (lane, event) in try await newestInLanes(after: seenUntil, until: window.end) {
                newest[lane] = max(newest[lane] ?? 0, event)
            }
            seenUntil = window.end
        }
    }

    private func newestInLanes(
        after: Int64,
        until: Int64
    ) async throws(OutboxError) -> [String: Int64] {
        let sql: String
        switch ordering {
        case .subject: sql = AdministrationReaderSQL.newestInLanesOfSubject
        case .repository: sql = AdministrationReaderSQL.newestInLanesOfRepository
        case .none: return [:]
        }
        return try await reader.read { [lanes, listener, place] database in
            var arguments: StatementArguments = ["lanes": lanes, "listener": listener]
            arguments += ["place": place.rawValue, "after": after, "until": until]
            let rows = try Row.fetchAll(database, sql: sql, arguments: arguments)
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
    }
}

/// A dispatch that is to be queued, with its lane; nil for one that is a lane of its own.
struct LaneCandidate: Sendable {
    let event: Int64
    let lane: String?
}
