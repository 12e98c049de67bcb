import Events
import Logging
import Synchronization
import Tracing

/// Runs one listener's dispatches: claims what is due, runs attempts side by side, records how they ended.
///
/// Nothing that another listener does is waited for here.
final class ListenerQueue: Sendable {
    /// The listener's name.
    let name: String
    /// The revision of what runs the attempts.
    let revision: String?

    /// The wait after a claim, a record or a pause that the store refused.
    private static let storeRetryDelay = Duration.seconds(1)

    private let policy: ListenerPolicy
    private let store: any DispatchStore
    private let makeRunner: @Sendable () -> QueueRunner
    private let clock: DispatchClock
    private let random: @Sendable () -> Double
    private let metrics: ListenerMetrics
    private let log: AttemptLog
    /// Gives the queue that has the listener's dispatches now: this one, another one, or none.
    private let currentQueue: @Sendable () -> ListenerQueue?
    private let bell = Doorbell()
    private let state: Mutex<ListenerQueueState>
    private let runs = Mutex(Runs())

    private struct Runs {
        var current: [Int64: AttemptRun] = [:]
        var areInterrupted = false
    }

    init(
        _ registration: ListenerRegistration,
        state: ListenerQueueState,
        store: any DispatchStore,
        environment: DispatcherEnvironment,
        makeRunner: @escaping @Sendable () -> QueueRunner,
        currentQueue: @escaping @Sendable () -> ListenerQueue?
    ) {
        name = registration.name
        revision = registration.runner.revision
        policy = registration.policy
        self.state = Mutex(state)
        self.store = store
        self.makeRunner = makeRunner
        self.currentQueue = currentQueue
        clock = environment.clock
        random = environment.random
        metrics = ListenerMetrics(listener: registration.name, factory: environment.metrics)
        log = AttemptLog(listener: registration.name, logger: environment.logger)
    }

    /// New dispatches for this listener were committed, or may have become ready.
    func committed() {
        state.withLock { $0.committed() }
        bell.ring()
    }

    /// An operator has paused the listener, or resumed it when there is no pause.
    ///
    /// - Returns: Whether this queue has taken that; false when another one goes on in its place.
    func takeOrder(_ pause: ListenerPause?) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isHandedOver else { return false }
            if let pause { state.paused(pause) } else { state.resumed() }
            return true
        }
        guard isTaken else { return false }
        log.changed(pause.map { .paused($0) } ?? .resumed, by: .operator)
        bell.ring()
        return true
    }

    /// Claims no more; `run()` returns when what runs is done.
    func drain() {
        state.withLock { $0.drain() }
        bell.ring()
    }

    /// Gives a successor what it goes on from, and claims no more; `drain()` has to follow.
    func handOver(to policy: ListenerPolicy) -> ListenerQueueState {
        state.withLock { $0.handOver(to: policy) }
    }

    /// Ends all attempts at once as interrupted, also those whose handlers do not return.
    func interrupt() {
        let current = runs.withLock { runs in
            runs.areInterrupted = true
            return Array(runs.current.values)
        }
        for run in current { run.interrupt() }
        state.withLock { $0.interrupt() }
        bell.ring()
    }

    /// Runs dispatches until `drain()` was called and what ran is done; cancellation interrupts.
    func run() async {
        let runner = makeRunner()
        await withDiscardingTaskGroup { group in
            while true {
                // The group waits for the attempts. A cancelled task never waits at the bell, so looping
                // until they are over would take the threads away from them.
                if Task.isCancelled { return interrupt() }
                let step = state.withLock { $0.next(now: clock.now()) }
                switch step {
                case .claim, .probe:
                    for dispatch in await claim(limit: step.claimLimit) {
                        group.addTask { await self.attempt(dispatch, on: runner, isProbe: step == .probe) }
                    }
                case .save(let pause, let ofAnyone):
                    await save(pause, ofAnyone: ofAnyone)
                case .wait(let time):
                    await bell.wait(atMost: time.map { $0.duration(since: clock.now()) }, clock: clock)
                case .end:
                    return
                }
            }
        }
        await runner.close()
    }

    // MARK: Claims

    private func claim(limit: Int) async -> [ClaimedDispatch] {
        do {
            let claim = try await store.claim(listener: name, limit: limit, now: clock.now())
            state.withLock {
                $0.claimed(
                    claim.dispatches.count,
                    hasMore: claim.hasMore,
                    nextDueAt: claim.nextDueAt,
                    now: clock.now()
                )
            }
            return claim.dispatches
        } catch {
            log.storeRefused("Dispatches cannot be claimed", error)
            let time = clock.now().advanced(by: Self.storeRetryDelay)
            state.withLock { $0.claimFailed(retryAt: time) }
            return []
        }
    }

    private func save(_ pause: ListenerPause?, ofAnyone: Bool) async {
        do {
            if let pause {
                try await store.pause(listener: name, pause)
            } else {
                try await store.resume(listener: name, pausedBy: ofAnyone ? nil : .breaker)
            }
            state.withLock { $0.saved() }
        } catch {
            log.storeRefused(
                "A listener's pause cannot be kept; until it is, a restart does not know of it",
                error
            )
            let time = clock.now().advanced(by: Self.storeRetryDelay)
            state.withLock { $0.saveFailed(retryAt: time) }
        }
    }

    // MARK: Attempts

    private func attempt(_ dispatch: ClaimedDispatch, on runner: QueueRunner, isProbe: Bool) async {
        if dispatch.attempt == 1 { metrics.started(dispatch) }
        let end = await handle(dispatch, on: runner)
        let now = clock.now()
        let verdict = AttemptVerdict(end, of: dispatch, policy: policy, now: now, random: random())
        let record = AttemptRecord(
            dispatch,
            finishedAt: now,
            outcome: verdict.outcome,
            error: verdict.error,
            next: verdict.next,
            hold: policy.hold,
            isCrashInIsolation: verdict.isCrashInIsolation
        )
        log.ended(record)
        // Before it is recorded: what is due again at once must not be claimed for a listener that is paused.
        note(verdict, now: now)
        await store(record)
        metrics.finished(record, receivedAt: dispatch.receivedAt)
        let nextAttemptAt: Timestamp? = if case .pending(let time) = record.next { time } else { nil }
        let isHandedBack = state.withLock { $0.finished(nextAttemptAt: nextAttemptAt, wasProbe: isProbe) }
        bell.ring()
        if isHandedBack { successor()?.committed() }
    }

    private func handle(_ dispatch: ClaimedDispatch, on runner: QueueRunner) async -> AttemptEnd {
        let run = AttemptRun()
        let isLate = runs.withLock { runs in
            runs.current[dispatch.event] = run
            return runs.areInterrupted
        }
        defer { runs.withLock { $0.current[dispatch.event] = nil } }
        if isLate { return .interrupted }
        let logger = log.logger(for: dispatch)
        let store = store
        let attempt = Attempt(
            dispatch: dispatch,
            deadline: clock.now().advanced(by: policy.timeout),
            logger: logger,
            payload: { try await store.payload(ofDelivery: dispatch.delivery) },
            isInterrupted: { run.isInterrupted }
        )
        return await run.run(
            timeout: policy.timeout,
            clock: clock,
            onDeadline: { logger.warning("A listener did not meet its deadline and was cancelled") },
            handler: { [name, clock, timeout = policy.timeout] begin in
                try await withSpan("dispatch \(name)", ofKind: .consumer) { span in
                    try await runner.run(attempt, span: span) {
                        begin()
                        return clock.now().advanced(by: timeout)
                    }
                }
            }
        )
    }

    /// Takes into account what an attempt's end says about the listener, here or where it goes on.
    private func note(_ verdict: AttemptVerdict, now: Timestamp) {
        let change = state.withLock { $0.isDraining ? nil : $0.ended(verdict, now: now) }
        if let change {
            tell(change)
        } else if let successor = successor() {
            // What another target said means nothing for the new one.
            if successor.revision == revision { successor.note(verdict, now: now) }
        } else {
            tell(state.withLock { $0.ended(verdict, now: now) })
        }
    }

    private func tell(_ change: ListenerHealth.Change) {
        guard change != .none else { return }
        log.changed(change, by: .breaker)
        bell.ring()  // for `run()` to save it
    }

    /// The queue that goes on with this listener, if it is another one.
    private func successor() -> ListenerQueue? {
        let queue = currentQueue()
        return queue === self ? nil : queue
    }

    /// Records an attempt, again and again until the store takes it: the handler's work must not be
    /// forgotten.
    ///
    /// The slot stays taken meanwhile, so that this is bounded. When the daemon stops first, the dispatch
    /// stays running in the outbox and is recovered at the next start.
    private func store(_ record: AttemptRecord) async {
        while true {
            do {
                try await store.finish(record)
                return
            } catch {
                log.storeRefused("An attempt cannot be recorded", error)
                guard !runs.withLock({ $0.areInterrupted }) else { return }
                try? await clock.sleep(Self.storeRetryDelay)  // cancelled or not, the loop decides
            }
        }
    }
}

extension ListenerQueueState.Step {
    /// How many a claim may take; none if it is no claim.
    fileprivate var claimLimit: Int {
        switch self {
        case .claim(let limit): limit
        case .probe: 1
        case .end, .save, .wait: 0
        }
    }
}
