package import CoreMetrics
package import Events
package import Logging
import Synchronization

/// What the dispatcher takes from outside: time, chance, logs, metrics.
package struct DispatcherEnvironment: Sendable {
    package var clock: MachineClock
    /// Gives numbers from 0 to 1.
    package var random: @Sendable () -> Double
    package var logger: Logger
    package var metrics: any MetricsFactory
    /// Runs what is suspect of having ended the process, of listeners in this process, in one of its own; nil
    /// runs it like everything else.
    package var isolation: (any AttemptRunner)?

    package init(
        clock: MachineClock,
        random: @escaping @Sendable () -> Double,
        logger: Logger,
        metrics: any MetricsFactory,
        isolation: (any AttemptRunner)? = nil
    ) {
        self.clock = clock
        self.random = random
        self.logger = logger
        self.metrics = metrics
        self.isolation = isolation
    }
}

/// Hands the outbox's dispatches to the listeners, each listener on its own.
package final class Dispatcher: Sendable {
    private let store: any DispatchStore
    private let pool: WorkerPool
    private let drainTime: Duration
    private let environment: DispatcherEnvironment
    private let drainBell = Doorbell()
    private let roster = Mutex(Roster())
    private let arrivals: AsyncStream<ListenerQueue>
    private let arrival: AsyncStream<ListenerQueue>.Continuation

    private struct Roster {
        /// The listeners that get dispatches now, by their names.
        var current: [String: Entry] = [:]
        /// One for each name there ever was in this process: a listener that comes back has the same share of
        /// the threads.
        var executors: [String: ListenerExecutor] = [:]
        /// Every queue that has not ended; those that were replaced finish what they have begun.
        var running: [ObjectIdentifier: ListenerQueue] = [:]
        var isDraining = false
    }

    private struct Entry {
        let queue: ListenerQueue
        let policy: ListenerPolicy

        /// Whether a registration is what runs already.
        func isUndisturbed(by registration: ListenerRegistration) -> Bool {
            policy == registration.policy && queue.revision == registration.runner.revision
        }
    }

    /// Makes a dispatcher; nothing runs before `run()`.
    ///
    /// - Parameters:
    ///   - registrations: The listeners, each once, and how they are run.
    ///   - store: Where dispatches come from.
    ///   - pool: The threads.
    ///   - drainTime: How long attempts may go on after `drain()` before they are interrupted.
    ///   - environment: Time, chance, logs and metrics.
    package init(
        _ registrations: [ListenerRegistration],
        store: any DispatchStore,
        pool: WorkerPool,
        drainTime: Duration,
        environment: DispatcherEnvironment
    ) {
        self.store = store
        self.pool = pool
        self.drainTime = drainTime
        self.environment = environment
        (arrivals, arrival) = AsyncStream.makeStream()
        replace(with: registrations)
    }

    /// Replaces the listeners; may be called at any time.
    ///
    /// One that stays as it is goes on undisturbed. One that is gone or run otherwise from now on finishes
    /// its attempts under the old policy and claims no more; the dispatches of one that is gone stay pending.
    /// One that is run otherwise stays paused or held if it is, whatever its registration says.
    package func replace(with registrations: [ListenerRegistration]) {
        let (begun, ended) = roster.withLock { roster in
            roster.isDraining ? ([], []) : change(&roster, to: registrations)
        }
        for queue in ended { queue.drain() }
        for queue in begun { arrival.yield(queue) }
    }

    /// An operator has paused a listener, and the outbox has that: nothing more is claimed for it.
    ///
    /// What runs is finished. A listener that is not configured needs nothing more than the outbox.
    package func pause(_ listener: String, _ pause: ListenerPause) {
        order(listener, pause)
    }

    /// An operator has resumed a listener, and the outbox has that: it goes on, whoever had paused it.
    package func resume(_ listener: String) {
        order(listener, nil)
    }

    /// Claims no more, and interrupts what is still running when the drain time is over.
    package func drain() { drainBell.ring() }

    /// Runs dispatches until `drain()` was called and nothing runs any more.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.drainWhenAsked() }
            await withDiscardingTaskGroup { queues in
                for await queue in arrivals {
                    queues.addTask {
                        await queue.run()
                        self.roster.withLock { $0.running[ObjectIdentifier(queue)] = nil }
                    }
                }
            }
            group.cancelAll()
        }
        await environment.isolation?.close()
    }

    /// Tells the listener's queue; again, if that was replaced just then.
    private func order(_ listener: String, _ pause: ListenerPause?) {
        while let queue = roster.withLock({ $0.current[listener]?.queue }), !queue.takeOrder(pause) {}
    }

    private func drainWhenAsked() async {
        await drainBell.wait(atMost: nil, clock: environment.clock)
        guard !Task.isCancelled else { return }
        let queues = roster.withLock { roster in
            roster.isDraining = true
            return Array(roster.running.values)
        }
        for queue in queues { queue.drain() }
        arrival.finish()
        // Cancelled: all was done in time.
        guard (try? await environment.clock.sleep(drainTime)) != nil else { return }
        for queue in roster.withLock({ Array($0.running.values) }) { queue.interrupt() }
    }

    private func change(
        _ roster: inout Roster,
        to registrations: [ListenerRegistration]
    ) -> (begun: [ListenerQueue], ended: [ListenerQueue]) {
        let before = roster.current
        roster.current = [:]
        var begun: [ListenerQueue] = []
        for registration in registrations {
            let name = registration.name
            let entry = before[name]
            if let entry, entry.isUndisturbed(by: registration) {
                roster.current[name] = entry
                continue
            }
            let queue = makeQueue(registration, after: entry?.queue, &roster)
            roster.current[name] = Entry(queue: queue, policy: registration.policy)
            roster.running[ObjectIdentifier(queue)] = queue
            begun.append(queue)
        }
        let kept = Set(roster.current.values.map { ObjectIdentifier($0.queue) })
        let ended = before.values.map(\.queue).filter { !kept.contains(ObjectIdentifier($0)) }
        return (begun, ended)
    }

    private func makeQueue(
        _ registration: ListenerRegistration,
        after predecessor: ListenerQueue?,
        _ roster: inout Roster
    ) -> ListenerQueue {
        let policy = registration.policy
        let name = registration.name
        // A clock that was wrong when the hold was made, or is now, must not hold the listener for good.
        let now = environment.clock.moment
        let holdMax = now.time.advanced(by: policy.retry.max)
        return ListenerQueue(
            registration,
            state: predecessor?.handOver(to: policy)
                ?? ListenerQueueState(
                    policy: policy,
                    pause: registration.pause,
                    heldUntil: registration.heldUntil.map { now.uptime(at: min($0, holdMax)) }
                ),
            store: store,
            environment: environment,
            makeRunner: runnerFactory(registration, &roster),
            currentQueue: { [weak self] in self?.roster.withLock { $0.current[name]?.queue } }
        )
    }

    private func runnerFactory(
        _ registration: ListenerRegistration,
        _ roster: inout Roster
    ) -> @Sendable () -> QueueRunner {
        switch registration.runner {
        case .outside(_, let make):
            return { .outside(make()) }
        case .inProcess(let listener):
            let executor = roster.executors[registration.name] ?? pool.makeExecutor()
            roster.executors[registration.name] = executor
            let runner = InProcessRunner(listener: listener, executor: executor)
            return { [isolation = environment.isolation] in .inProcess(runner, isolation: isolation) }
        }
    }
}

// MARK: New dispatches

extension Dispatcher: DispatchIntake {
    /// Takes a slot for a dispatch that is about to be committed as running.
    ///
    /// It belongs to the queue that the listener has now, also when that is replaced before the attempt
    /// begins.
    package func reserve(listener: String) -> (any DispatchSlot)? {
        let queue = roster.withLock { $0.current[listener]?.queue }
        guard let queue, queue.reserve() else { return nil }
        return queue
    }

    /// New dispatches for these listeners were committed.
    package func committed(listeners: some Sequence<String>) {
        let queues = roster.withLock { roster in listeners.compactMap { roster.current[$0]?.queue } }
        for queue in queues { queue.committed() }
    }
}
