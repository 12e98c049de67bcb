package import CoreMetrics
package import ListenerKit
package import Logging

/// A listener that the configuration names, with how it is to be run.
package struct ListenerRegistration: Sendable {
    package var listener: AnyListener
    package var policy: ListenerPolicy

    package init(listener: AnyListener, policy: ListenerPolicy) {
        self.listener = listener
        self.policy = policy
    }
}

/// What the dispatcher takes from outside: time, chance, logs, metrics.
package struct DispatcherEnvironment: Sendable {
    package var clock: DispatchClock
    /// Gives numbers from 0 to 1.
    package var random: @Sendable () -> Double
    package var logger: Logger
    package var metrics: any MetricsFactory

    package init(
        clock: DispatchClock,
        random: @escaping @Sendable () -> Double,
        logger: Logger,
        metrics: any MetricsFactory
    ) {
        self.clock = clock
        self.random = random
        self.logger = logger
        self.metrics = metrics
    }
}

/// Hands the outbox's dispatches to the listeners, each listener on its own.
package final class Dispatcher: Sendable {
    private let queues: [String: ListenerQueue]
    private let drainTime: Duration
    private let clock: DispatchClock
    private let drainBell = Doorbell()

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
        let queues = registrations.map {
            ListenerQueue($0, store: store, executor: pool.makeExecutor(), environment: environment)
        }
        self.queues = Dictionary(uniqueKeysWithValues: queues.map { ($0.listener.name, $0) })
        self.drainTime = drainTime
        clock = environment.clock
    }

    /// New dispatches for these listeners were committed.
    package func committed(listeners: some Sequence<String>) {
        for listener in listeners { queues[listener]?.committed() }
    }

    /// Claims no more, and interrupts what is still running when the drain time is over.
    package func drain() { drainBell.ring() }

    /// Runs dispatches until `drain()` was called and nothing runs any more.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await self.drainBell.wait(atMost: nil, clock: self.clock)
                guard !Task.isCancelled, !self.queues.isEmpty else { return }
                for queue in self.queues.values { queue.drain() }
                // Cancelled: all was done in time.
                guard (try? await self.clock.sleep(self.drainTime)) != nil else { return }
                for queue in self.queues.values { queue.interrupt() }
            }
            await withTaskGroup(of: Void.self) { listeners in
                for queue in queues.values { listeners.addTask { await queue.run() } }
            }
            // With no listeners at all the queues end at once, but the daemon runs on until it is told to
            // stop.
            if queues.isEmpty { await group.next() }
            group.cancelAll()
        }
    }
}
