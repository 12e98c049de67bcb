import Events
import ListenerKit
import Logging
import Synchronization
import Tracing

/// Runs one listener's dispatches: claims what is due, runs attempts side by side, records how they ended.
///
/// Nothing that another listener does is waited for here.
final class ListenerQueue: Sendable {
    let listener: AnyListener

    /// The wait after a claim or a record that the store refused.
    private static let storeRetryDelay = Duration.seconds(1)

    private let policy: ListenerPolicy
    private let store: any DispatchStore
    private let executor: ListenerExecutor
    private let clock: DispatchClock
    private let random: @Sendable () -> Double
    private let metrics: ListenerMetrics
    private let logger: Logger
    /// Called when an attempt is to be repeated that this queue will not claim any more.
    private let onHandedBack: @Sendable () -> Void
    private let bell = Doorbell()
    private let state: Mutex<ListenerQueueState>
    private let runs = Mutex(Runs())

    private struct Runs {
        var current: [Int64: AttemptRun] = [:]
        var areInterrupted = false
    }

    init(
        _ registration: ListenerRegistration,
        store: any DispatchStore,
        executor: ListenerExecutor,
        environment: DispatcherEnvironment,
        onHandedBack: @escaping @Sendable () -> Void
    ) {
        self.onHandedBack = onHandedBack
        listener = registration.listener
        policy = registration.policy
        self.store = store
        self.executor = executor
        clock = environment.clock
        random = environment.random
        metrics = ListenerMetrics(listener: registration.listener.name, factory: environment.metrics)
        var logger = environment.logger
        logger[metadataKey: LogKey.listenerName] = .string(registration.listener.name)
        self.logger = logger
        state = Mutex(ListenerQueueState(concurrency: registration.policy.concurrency))
    }

    /// New dispatches for this listener were committed.
    func committed() {
        state.withLock { $0.committed() }
        bell.ring()
    }

    /// Claims no more; `run()` returns when what runs is done.
    func drain() {
        state.withLock { $0.drain() }
        bell.ring()
    }

    /// Ends all attempts at once as interrupted, also those whose handlers do not return.
    func interrupt() {
        let current = runs.withLock { runs in
            runs.areInterrupted = true
            return Array(runs.current.values)
        }
        for run in current { run.interrupt() }
    }

    /// Runs dispatches until `drain()` was called and what ran is done; cancellation interrupts.
    func run() async {
        await withDiscardingTaskGroup { group in
            while true {
                // The group waits for the attempts. A cancelled task never waits at the bell, so looping
                // until they are over would take the threads away from them.
                if Task.isCancelled { return interrupt() }
                switch state.withLock({ $0.next(now: clock.now()) }) {
                case .claim(let limit):
                    for dispatch in await claim(limit: limit) {
                        group.addTask { await self.attempt(dispatch) }
                    }
                case .wait(let time):
                    await bell.wait(atMost: time.map { $0.duration(since: clock.now()) }, clock: clock)
                case .end:
                    return
                }
            }
        }
    }

    private func claim(limit: Int) async -> [ClaimedDispatch] {
        do {
            let claim = try await store.claim(listener: listener.name, limit: limit, now: clock.now())
            state.withLock { $0.claimed(claim.dispatches.count, nextDueAt: claim.nextDueAt) }
            return claim.dispatches
        } catch {
            logger.error("Dispatches cannot be claimed", metadata: [LogKey.errorMessage: "\(error)"])
            let time = clock.now().advanced(by: Self.storeRetryDelay)
            state.withLock { $0.claimFailed(retryAt: time) }
            return []
        }
    }

    private func attempt(_ dispatch: ClaimedDispatch) async {
        if dispatch.attempt == 1 { metrics.started(dispatch) }
        let end = await handle(dispatch)
        let now = clock.now()
        let verdict = AttemptVerdict(
            end,
            attempt: dispatch.attempt,
            policy: policy,
            now: now,
            random: random()
        )
        let record = AttemptRecord(
            dispatch,
            finishedAt: now,
            outcome: verdict.outcome,
            error: verdict.error,
            next: verdict.next
        )
        log(record)
        await store(record)
        metrics.finished(record, receivedAt: dispatch.receivedAt)
        let nextAttemptAt: Timestamp? = if case .pending(let time) = record.next { time } else { nil }
        let isHandedBack = state.withLock { $0.finished(nextAttemptAt: nextAttemptAt) }
        bell.ring()
        if isHandedBack { onHandedBack() }
    }

    private func handle(_ dispatch: ClaimedDispatch) async -> AttemptEnd {
        let run = AttemptRun()
        let isLate = runs.withLock { runs in
            runs.current[dispatch.event] = run
            return runs.areInterrupted
        }
        defer { runs.withLock { $0.current[dispatch.event] = nil } }
        if isLate { return .interrupted }
        let logger = attemptLogger(dispatch)
        return await run.run(
            timeout: policy.timeout,
            clock: clock,
            executor: executor,
            onDeadline: { logger.warning("A listener did not meet its deadline and was cancelled") },
            handler: { try await self.callListener(dispatch, logger: logger) }
        )
    }

    private func callListener(_ dispatch: ClaimedDispatch, logger: Logger) async throws {
        let store = store
        let deadline = dispatch.startedAt.advanced(by: policy.timeout)
        try await withSpan("dispatch \(listener.name)", ofKind: .consumer) { span in
            try await listener.handle(json: dispatch.json) { envelope in
                ListenerContext(
                    eventId: dispatch.event,
                    attempt: dispatch.attempt,
                    deadline: deadline,
                    logger: logger,
                    span: span,
                    repository: envelope.repository,
                    actor: envelope.actor,
                    payload: { try await store.payload(ofDelivery: dispatch.delivery) }
                )
            }
        }
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
                logger.error("An attempt cannot be recorded", metadata: [LogKey.errorMessage: "\(error)"])
                guard !runs.withLock({ $0.areInterrupted }) else { return }
                try? await clock.sleep(Self.storeRetryDelay)  // cancelled or not, the loop decides
            }
        }
    }

    private func attemptLogger(_ dispatch: ClaimedDispatch) -> Logger {
        var logger = logger
        logger[metadataKey: LogKey.eventID] = "\(dispatch.event)"
        logger[metadataKey: LogKey.attempt] = "\(dispatch.attempt)"
        return logger
    }

    private func log(_ record: AttemptRecord) {
        var metadata: Logger.Metadata = [
            LogKey.eventID: "\(record.event)",
            LogKey.attempt: "\(record.attempt)",
            LogKey.durationMilliseconds: "\(record.finishedAt.milliseconds - record.startedAt.milliseconds)",
        ]
        metadata[LogKey.errorMessage] = record.error.map { "\($0)" }
        switch (record.outcome, record.next) {
        case (_, .dead): logger.error("A dispatch is dead", metadata: metadata)
        case (.delivered, _): logger.debug("An event was delivered", metadata: metadata)
        case (.interrupted, _): logger.notice("An attempt was interrupted", metadata: metadata)
        default: logger.warning("An attempt failed and will be repeated", metadata: metadata)
        }
    }
}
