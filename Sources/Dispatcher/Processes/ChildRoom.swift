import DequeModule
package import Events
import Synchronization

/// The room for children: how many programs run at once, and what they find.
///
/// An attempt that finds no room waits, before its time begins. When the system refuses a program although
/// there should be room, as others use what is short, nobody starts one for a while.
package final class ChildRoom: Sendable {
    /// Descriptors that a child needs of this process at most: two for each of three streams while it is
    /// started, and one that tells its end.
    package static let descriptorsPerChild = 7

    /// The wait after the first refusal; it doubles with each further one up to the longest.
    static let firstPause = Duration.seconds(1)
    static let longestPause = Duration.seconds(30)

    /// The soft limit of descriptors that children get; nil for this process's.
    let descriptorsMax: UInt64?

    private let clock: MachineClock
    private let observer: Observer
    private let state: Mutex<State>

    /// Is told when attempts have to wait.
    package struct Observer: Sendable {
        /// As many programs run as may.
        package var onFull: @Sendable (_ children: Int) -> Void = { _ in }
        /// The system refused to start a program, for a reason that may pass; told of the first of a row.
        package var onRefusal: @Sendable (_ reason: String) -> Void = { _ in }

        /// Makes an observer that does nothing yet.
        package init() {}
    }

    private struct State {
        var children = 0
        let childrenMax: Int
        var lastTicket = 0
        var waiters: Deque<(ticket: Int, continuation: CheckedContinuation<Bool, Never>)> = []
        var pause: Duration?
        var pausedUntil: Uptime?
    }

    /// Makes room.
    ///
    /// - Parameters:
    ///   - children: How many programs may run at the same time.
    ///   - descriptorsMax: The soft limit of descriptors that they get; nil for this process's.
    ///   - clock: What waits go by.
    ///   - observer: Is told when attempts have to wait.
    package init(
        children: Int = .max,
        descriptorsMax: UInt64? = nil,
        clock: MachineClock,
        observer: Observer = Observer()
    ) {
        state = Mutex(State(childrenMax: children))
        self.descriptorsMax = descriptorsMax
        self.clock = clock
        self.observer = observer
    }

    /// Does something as soon as there is room for a program, which is kept meanwhile.
    ///
    /// - Throws: `CancellationError` if the task is cancelled before; what the body throws.
    package func whenFree(_ body: () async throws -> Void) async throws {
        try await enter()
        defer { leave() }
        while let wait = state.withLock({ pauseLeft($0) }) { try await clock.sleep(wait) }
        try await body()
    }

    /// The system has refused to start a program, as something is short.
    func refused(_ reason: String) {
        let isFirst = state.withLock { state in
            let isFirst = state.pause == nil
            // Those that were refused side by side count once.
            guard pauseLeft(state) == nil else { return false }
            let pause = min(state.pause.map { $0 * 2 } ?? Self.firstPause, Self.longestPause)
            state.pause = pause
            state.pausedUntil = clock.uptime() + pause
            return isFirst
        }
        if isFirst { observer.onRefusal(reason) }
    }

    /// A program was started, so nothing is short any more.
    func started() { state.withLock { $0.pause = nil } }

    private func pauseLeft(_ state: borrowing State) -> Duration? {
        guard state.pause != nil, let end = state.pausedUntil else { return nil }
        let left = clock.uptime().duration(to: end)
        return left > .zero ? left : nil
    }

    private func enter() async throws {
        let (ticket, isFree) = state.withLock { state in
            state.lastTicket += 1
            guard state.waiters.isEmpty, state.children < state.childrenMax else {
                return (state.lastTicket, false)
            }
            state.children += 1
            return (state.lastTicket, true)
        }
        if isFree { return }
        observer.onFull(state.withLock { $0.childrenMax })
        let hasEntered = await withTaskCancellationHandler {
            await withCheckedContinuation { wait(ticket, $0) }
        } onCancel: {
            cancel(ticket)
        }
        guard hasEntered else { throw CancellationError() }
    }

    private func wait(_ ticket: Int, _ continuation: CheckedContinuation<Bool, Never>) {
        let answer = state.withLock { state -> Bool? in
            if Task.isCancelled { return false }
            guard state.children >= state.childrenMax || !state.waiters.isEmpty else {
                state.children += 1
                return true
            }
            state.waiters.append((ticket, continuation))
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func cancel(_ ticket: Int) {
        let waiter = state.withLock { state in
            state.waiters.firstIndex { $0.ticket == ticket }.map { state.waiters.remove(at: $0) }
        }
        waiter?.continuation.resume(returning: false)
    }

    private func leave() {
        let waiter = state.withLock { state in
            // The room goes to the next one, if there is one.
            guard let waiter = state.waiters.popFirst() else {
                state.children -= 1
                return nil as (ticket: Int, continuation: CheckedContinuation<Bool, Never>)?
            }
            return waiter
        }
        waiter?.continuation.resume(returning: true)
    }
}
