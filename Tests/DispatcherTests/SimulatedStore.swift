import Events
import TestKit

/// A dispatch of the simulation, or an attempt of it.
struct SimulatedAttempt {
    var dueAt: Uptime
    let lane: Int?
    var isProbe = false
}

/// What the outbox has, in the simulation.
struct SimulatedStore {
    var pending: [SimulatedAttempt] = []
    var busyLanes: Set<Int> = []
    var pause: ListenerPause?
    var heldUntil = Uptime(testMilliseconds: 0)

    /// What a claim found.
    struct Answer {
        var claimed: [SimulatedAttempt] = []
        var hasMore = false
        var nextDueAt: Uptime?
    }

    /// Keeps a pause, or ends one, unless somebody's word counts more: as the outbox does.
    mutating func save(_ new: ListenerPause?, ofAnyone: Bool) {
        if ofAnyone { (pause, heldUntil) = (nil, Uptime(testMilliseconds: 0)) }
        switch (pause?.origin, new?.origin) {
        case (.operator, .breaker), (.operator, .endpoint), (.endpoint, .breaker): return
        case (.operator, nil) where !ofAnyone, (.endpoint, nil) where !ofAnyone: return
        default: pause = new
        }
    }

    /// When the first dispatch can be claimed whose lane is free.
    var nextClaimable: Uptime? { pending.filter(isFree).map(\.dueAt).min() }

    /// Takes what is due, one of each free lane.
    mutating func claim(limit: Int, now: Uptime) -> Answer {
        var answer = Answer()
        var left: [SimulatedAttempt] = []
        for attempt in pending.sorted(by: { $0.dueAt < $1.dueAt }) {
            guard attempt.dueAt <= now, isFree(attempt), answer.claimed.count < limit else {
                left.append(attempt)
                continue
            }
            if let lane = attempt.lane { busyLanes.insert(lane) }
            answer.claimed.append(attempt)
        }
        pending = left
        answer.hasMore = left.contains { $0.dueAt <= now && isFree($0) }
        answer.nextDueAt = left.map(\.dueAt).first { $0 > now }
        return answer
    }

    /// The dispatches that a claim without a limit would take.
    func readyCount(now: Uptime) -> Int {
        var store = self
        return store.claim(limit: .max, now: now).claimed.count
    }

    /// Records an attempt, which frees its lane.
    mutating func record(_ attempt: SimulatedAttempt, retryAt: Uptime?) {
        if let lane = attempt.lane { busyLanes.remove(lane) }
        guard let retryAt else { return }
        pending.append(SimulatedAttempt(dueAt: retryAt, lane: attempt.lane))
    }

    /// Whether nothing of an attempt's lane runs or waits.
    func isFirst(_ attempt: SimulatedAttempt) -> Bool {
        attempt.lane.map { lane in !busyLanes.contains(lane) && !pending.contains { $0.lane == lane } }
            ?? true
    }

    /// Whether nothing of an attempt's lane runs.
    func isFree(_ attempt: SimulatedAttempt) -> Bool {
        attempt.lane.map { !busyLanes.contains($0) } ?? true
    }
}
