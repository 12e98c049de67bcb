import Events
import Logging
import Synchronization
import Tracing

/// Runs one listener's dispatches: takes what is due, runs attempts side by side, records how they ended.
///
/// Nothing that another listener does is waited for here.
final class ListenerQueue: Sendable {
    /// The listener's name.
    let name: String
    /// The revision of what runs the attempts.
    let revision: String?

    /// The wait after a settling or a pause that the store refused.
    private static let storeRetryDelay = Duration.seconds(1)

    private let policy: ListenerPolicy
    private let store: any DispatchStore
    private let makeRunner: @Sendable () -> QueueRunner
    private let clock: MachineClock
    private let random: @Sendable () -> Double
    private let metrics: ListenerMetrics
    private let log: AttemptLog
    private let spanName: String
    /// Gives the queue that has the listener's dispatches now: this one, another one, or none.
    private let currentQueue: @Sendable () -> ListenerQueue?
    private let bell = Doorbell()
    private let state: Mutex<ListenerQueueState>
    private let attempts: RunningAttempts
    /// Made when the queue begins, and there before anything is claimed or reserved.
    private let runner = Mutex<QueueRunner?>(nil)

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
        spanName = "dispatch \(registration.name)"
        attempts = RunningAttempts(timeout: registration.policy.timeout, clock: environment.clock)
    }

    /// New dispatches for this listener were committed, or may have become ready.
    func committed() {
        state.withLock { $0.committed() }
        bell.ring()
    }

    /// Takes a slot for a dispatch that is about to be committed as running; `begin` or `cancel` follows.
    ///
    /// - Returns: Whether there is one; if not, the dispatch has to wait for a claim.
    func reserve() -> Bool { state.withLock { $0.reserve(now: clock.uptime()) } }

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
        state.withLock { $0.handOver(to: policy, now: clock.uptime()) }
    }

    /// Ends all attempts at once as interrupted, also those whose handlers do not return.
    func interrupt() {
        for run in attempts.interrupt() { finish(run, .interrupted) }
        state.withLock { $0.interrupt() }
        bell.ring()
    }

    /// Runs dispatches until `drain()` was called and what ran is done; cancellation interrupts.
    func run() async {
        let runner = makeRunner()
        self.runner.withLock { $0 = runner }
        await withTaskCancellationHandler {
            // What the interruption ends is recorded all the same. The body throws nothing.
            try? await uncancelled { await self.settleAndWatch() }
        } onCancel: {
            interrupt()
        }
        await runner.close()
    }

    private func settleAndWatch() async {
        await withDiscardingTaskGroup { group in
            group.addTask { [attempts, log] in
                await attempts.watchDeadlines { log.missedDeadline($0.dispatch) }
            }
            await settleUntilDone()
            group.cancelAll()
        }
    }

    // MARK: Settling

    private func settleUntilDone() async {
        while true {
            let (step, records) = state.withLock { ($0.next(now: clock.uptime()), $0.settling) }
            switch step {
            case .settle(let limit):
                for dispatch in await settle(records, claimingUpTo: limit) { start(dispatch, isProbe: false) }
            case .probe:
                for dispatch in await settle(records, claimingUpTo: 1) { start(dispatch, isProbe: true) }
            case .save(let pause, let ofAnyone):
                await save {
                    // An operator's resume that is not kept yet goes first: it ends pauses that others
                    // must not replace.
                    if ofAnyone || pause == nil {
                        try await store.resume(listener: name, pausedBy: ofAnyone ? nil : .breaker)
                    }
                    if let pause { try await store.pause(listener: name, pause) }
                }
            case .hold(let time):
                await save { try await store.hold(listener: name, until: clock.moment.time(at: time)) }
            case .wait(let time):
                await bell.wait(atMost: time.map { clock.uptime().duration(to: $0) }, clock: clock)
            case .end:
                return
            }
        }
    }

    private func settle(_ records: [AttemptRecord], claimingUpTo limit: Int) async -> [ClaimedDispatch] {
        do {
            let claim = try await store.settle(records, listener: name, claimingUpTo: limit)
            let now = clock.moment
            let isHandedBack = state.withLock {
                $0.settled(
                    claimed: claim.dispatches.count,
                    hasMore: claim.hasMore,
                    nextDueAt: claim.nextDueAt.map(now.uptime(at:)),
                    now: now.uptime
                )
            }
            for record in claim.outdated { log.outdated(record) }
            if isHandedBack { successor()?.committed() }
            return claim.dispatches
        } catch {
            log.storeRefused("Attempts cannot be recorded, and dispatches not be claimed", error)
            let time = clock.uptime() + Self.storeRetryDelay
            state.withLock { $0.settlingFailed(retryAt: time) }
            return []
        }
    }

    private func save(_ write: () async throws -> Void) async {
        do {
            try await write()
            state.withLock { $0.saved() }
        } catch {
            log.storeRefused(
                "A listener's pause or hold cannot be kept; until it is, a restart does not know of it",
                error
            )
            let time = clock.uptime() + Self.storeRetryDelay
            state.withLock { $0.saveFailed(retryAt: time) }
        }
    }

    // MARK: Attempts

    private func start(_ dispatch: ClaimedDispatch, isProbe: Bool) {
        if dispatch.attempt == 1 { metrics.started(dispatch) }
        let run = AttemptRun(dispatch, isProbe: isProbe, startedAt: clock.uptime())
        guard attempts.add(run), let runner = runner.withLock(\.self) else {
            return finish(run, .interrupted)
        }
        run.start(on: runner.executor(for: dispatch)) {
            try await self.handle(run, on: runner)
        } onEnd: { end in
            self.finish(run, end)
        }
    }

    private func handle(_ run: AttemptRun, on runner: QueueRunner) async throws {
        try await runner.whenReady(for: run.dispatch) {
            let attempt = Attempt(
                dispatch: run.dispatch,
                deadline: attempts.begin(run),
                logger: self.log.logger(for: run.dispatch),
                payload: { [store] in try await store.payload(ofDelivery: run.dispatch.delivery) },
                isInterrupted: { run.isInterrupted }
            )
            try await withSpan(spanName, ofKind: .consumer) { span in
                try await runner.run(attempt, span: span)
            }
        }
    }

    private func finish(_ run: AttemptRun, _ end: AttemptEnd) {
        let dispatch = run.dispatch
        let now = clock.moment
        let verdict = AttemptVerdict(end, of: dispatch, policy: policy, now: now.time, random: random())
        let record = AttemptRecord(
            dispatch,
            finishedAt: now.time,
            duration: run.startedAt.duration(to: now.uptime),
            outcome: verdict.outcome,
            error: verdict.error,
            next: verdict.next,
            hold: policy.hold,
            isCrashInIsolation: verdict.isCrashInIsolation
        )
        log.ended(record)
        metrics.finished(record, receivedAt: dispatch.receivedAt)
        attempts.remove(run)
        // Before it is recorded: what is due again at once must not be claimed for a listener that is paused.
        note(verdict, at: now)
        state.withLock { $0.ended(record, wasProbe: run.isProbe) }
        bell.ring()
    }

    /// Takes into account what an attempt's end says about the listener, here or where it goes on.
    private func note(_ verdict: AttemptVerdict, at moment: Moment) {
        let change = state.withLock { $0.isDraining ? nil : $0.judged(verdict, at: moment) }
        if let change {
            tell(change)
        } else if let successor = successor() {
            // What another target said means nothing for the new one.
            if successor.revision == revision { successor.note(verdict, at: moment) }
        } else {
            tell(state.withLock { $0.judged(verdict, at: moment) })
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
}

// MARK: Slots

extension ListenerQueue: DispatchSlot {
    func begin(_ dispatch: ClaimedDispatch) {
        state.withLock { $0.begun(now: clock.uptime()) }
        start(dispatch, isProbe: false)
        // A claim that waits for a token may know its time only now.
        if policy.rate != nil { bell.ring() }
    }

    func cancel() {
        state.withLock { $0.cancelled() }
        bell.ring()
    }
}
