/// Where an open dispatch stands in its lane; the numbers are those of `dispatches.place`.
///
/// A lane's dispatches run one at a time, lowest position first. One that failed waits for its next attempt,
/// and holds its lane until `held_until`; then the lane is released: the others go on, without being held up
/// again, until the late one has had its attempt between them and is finished.
enum LanePlace: Int, CaseIterable {
    /// An attempt is under way.
    case running = 0
    /// It is its lane's next, and may be claimed.
    case ready = 1
    /// It could run, but something else of its lane is before it.
    case behind = 2
    /// It waits for its time, and the lane waits with it.
    case holding = 3
    /// It waits for its time, and holds nobody.
    case waiting = 4
    /// The same, and something that came later has been let past it.
    case overtaken = 5
}

extension ResultRow {
    /// A column's place; nil for null, or a number that is none.
    func lanePlace(_ column: Int) -> LanePlace? {
        optionalInteger(column).flatMap { LanePlace(rawValue: Int($0)) }
    }
}

/// What follows from a failed attempt: a pure function of the dispatch and its lane.
struct LaneDelay: Equatable {
    /// Where the dispatch stands now.
    let place: LanePlace
    /// Until when it holds its lane, counted from its first failure; past if it holds nothing.
    let heldUntil: Int64?
    /// When it has to be looked at again.
    let wakeAt: Int64

    /// Decides about a dispatch that is to be repeated.
    ///
    /// - Parameters:
    ///   - nextAttemptAt: When it is to be repeated.
    ///   - heldUntil: The end of its hold, if it has failed before.
    ///   - hold: How long a first failure holds the lane.
    ///   - isLaneReleased: Whether another one of the lane is late already; then no failure holds it again.
    ///   - hasLane: Whether it shares a lane.
    ///   - now: When it failed, in milliseconds like all times here.
    init(
        nextAttemptAt: Int64,
        heldUntil: Int64?,
        hold: Int64,
        isLaneReleased: Bool,
        hasLane: Bool,
        now: Int64
    ) {
        guard hasLane else {
            (place, self.heldUntil, wakeAt) = (.waiting, nil, nextAttemptAt)
            return
        }
        // No hold ends later than a first failure's would, whatever the clock was when it began.
        let end = min(heldUntil ?? (isLaneReleased ? now : now + hold), now + hold)
        self.heldUntil = end
        place = end > now ? .holding : .waiting
        wakeAt = end > now ? min(nextAttemptAt, end) : nextAttemptAt
    }
}
