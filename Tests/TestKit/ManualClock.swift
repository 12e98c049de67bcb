package import Events
import Synchronization

/// Clocks that stand still until a test moves them; sleepers wake when their time has come.
package final class ManualClock: Sendable {
    private let state: Mutex<State>

    private struct State {
        /// What the clock would show had nobody set it: the uptime, as a time of day.
        var now: Timestamp
        /// By how much it was set.
        var step = Duration.zero
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        var watchers: [Int: Watcher] = [:]
    }

    private struct Sleeper {
        let wakesAt: Timestamp
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Watcher {
        let isAwaited: @Sendable (Timestamp) -> Bool
        let continuation: CheckedContinuation<Timestamp?, Never>
    }

    /// Makes a clock that shows a time.
    package init(now: Timestamp = Timestamp(milliseconds: 1_800_000_000_000)) {
        state = Mutex(State(now: now))
    }

    /// The time that the clock shows.
    package var now: Timestamp { state.withLock { $0.now.advanced(by: $0.step) } }

    /// The uptime.
    package var uptime: Uptime { Uptime(testMilliseconds: steady.milliseconds) }

    /// The clock as the daemon takes it; who sleeps by it is woken by `advance`, and never by real time.
    package var machineClock: MachineClock {
        MachineClock(
            now: { self.now },
            uptime: { self.uptime },
            sleep: { try await self.sleep($0) }
        )
    }

    private var steady: Timestamp { state.withLock { $0.now } }

    /// Lets time pass and wakes those whose time has come.
    package func advance(by duration: Duration) { advance(to: steady.advanced(by: duration)) }

    /// Goes to a moment, be it earlier, as if no other had been; nobody wakes.
    package func go(to time: Timestamp) {
        state.withLock { $0.now = time.advanced(by: .zero - $0.step) }
    }

    /// Sets the clock forward or back; no time passes.
    package func step(by duration: Duration) { state.withLock { $0.step += duration } }

    /// Waits until somebody sleeps for exactly so long from now; false if the test was cancelled first.
    @discardableResult
    package func sleeper(for duration: Duration) async -> Bool {
        let wakesAt = steady.advanced(by: duration)
        return await sleeper { $0 == wakesAt } != nil
    }

    /// Lets time pass from one sleeper to the next while something is waited for.
    ///
    /// - Parameters:
    ///   - limit: Who sleeps for longer than this from now is not woken.
    ///   - awaited: What is waited for.
    /// - Returns: What that gives.
    package func passTime<Value>(
        upTo limit: Duration,
        until awaited: () async -> Value
    ) async -> Value {
        let end = steady.advanced(by: limit)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while let time = await self.sleeper(where: { $0 <= end }) { self.advance(to: time) }
            }
            let value = await awaited()
            group.cancelAll()
            return value
        }
    }

    private func advance(to time: Timestamp) {
        let due = state.withLock { state in
            state.now = max(state.now, time)
            let due = state.sleepers.filter { $0.value.wakesAt <= state.now }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.sorted { $0.wakesAt < $1.wakesAt }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    private func sleep(_ duration: Duration) async throws {
        let id = makeID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(continuation, id: id, for: duration)
            }
        } onCancel: {
            let sleeper = state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func add(_ continuation: CheckedContinuation<Void, any Error>, id: Int, for duration: Duration) {
        let watchers = state.withLock { state -> [(CheckedContinuation<Timestamp?, Never>, Timestamp)]? in
            let wakesAt = state.now.advanced(by: duration)
            guard !Task.isCancelled, wakesAt > state.now else { return nil }
            state.sleepers[id] = Sleeper(wakesAt: wakesAt, continuation: continuation)
            let told = state.watchers.filter { $0.value.isAwaited(wakesAt) }
            for id in told.keys { state.watchers[id] = nil }
            return told.values.map { ($0.continuation, wakesAt) }
        }
        guard let watchers else {
            return Task.isCancelled
                ? continuation.resume(throwing: CancellationError()) : continuation.resume()
        }
        for (watcher, time) in watchers { watcher.resume(returning: time) }
    }

    /// Waits for a sleeper that wakes at an awaited time; nil if the task is cancelled first.
    private func sleeper(where isAwaited: @escaping @Sendable (Timestamp) -> Bool) async -> Timestamp? {
        let id = makeID()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let found = state.withLock { state -> Timestamp?? in
                    if Task.isCancelled { return .some(nil) }
                    if let time = state.sleepers.values.map(\.wakesAt).filter(isAwaited).min() { return time }
                    state.watchers[id] = Watcher(isAwaited: isAwaited, continuation: continuation)
                    return nil
                }
                if let found { continuation.resume(returning: found) }
            }
        } onCancel: {
            let watcher = state.withLock { $0.watchers.removeValue(forKey: id) }
            watcher?.continuation.resume(returning: nil)
        }
    }

    private func makeID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }
}

extension Uptime {
    private static let testStart = Uptime.now

    /// An uptime by its distance to others that are made in this way.
    package init(testMilliseconds milliseconds: Int64) {
        self = Self.testStart.advanced(by: .milliseconds(milliseconds))
    }

    /// The time of day that a clock shows then that nobody has set.
    package var time: Timestamp {
        Timestamp(milliseconds: Self.testStart.duration(to: self).milliseconds)
    }

    /// The time from another uptime to this one.
    package func duration(since other: Uptime) -> Duration { other.duration(to: self) }
}
