import CoreMetrics
import Dispatcher
import Events
import ListenerKit
import Logging
import TestKit

/// A dispatcher that runs, with a store, a clock and threads of its own.
final class DispatcherBench: Sendable {
    let store: InMemoryStore
    let clock = ManualClock()
    let dispatcher: Dispatcher
    /// Has an element when `run()` has returned.
    let ended = Journal<Void>()

    private let pool: WorkerPool

    /// Runs a dispatcher as long as it is used, then cancels it.
    static func use(
        _ listeners: [ClosureListener],
        policy: ListenerPolicy = .standard,
        drainTime: Duration = .seconds(20),
        store: InMemoryStore,
        threads: Int = 2,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        _ body: (DispatcherBench) async throws -> Void
    ) async throws {
        let pool = WorkerPool(threads: threads)
        defer { pool.shutDown() }
        let bench = DispatcherBench(listeners, policy, drainTime, store, pool, metrics)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await bench.dispatcher.run()
                bench.ended.append(())
            }
            defer { group.cancelAll() }
            try await body(bench)
        }
    }

    private init(
        _ listeners: [ClosureListener],
        _ policy: ListenerPolicy,
        _ drainTime: Duration,
        _ store: InMemoryStore,
        _ pool: WorkerPool,
        _ metrics: any MetricsFactory
    ) {
        self.store = store
        self.pool = pool
        dispatcher = Dispatcher(
            listeners.map { ListenerRegistration(listener: AnyListener($0), policy: policy) },
            store: store,
            pool: pool,
            drainTime: drainTime,
            environment: DispatcherEnvironment(
                clock: clock.dispatchClock,
                random: { 0.5 },  // no jitter
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
                metrics: metrics
            )
        )
    }

    /// Waits for records while time passes up to a limit.
    func records(_ count: Int, within limit: Duration) async -> [AttemptRecord] {
        await clock.passTime(upTo: limit) { [store] in await store.records.first(count) }
    }
}

/// A listener made of a closure.
struct ClosureListener: Listener {
    let name: String
    let body: @Sendable (AnyEvent, ListenerContext) async throws -> Void

    init(_ name: String = "one", _ body: @escaping @Sendable (AnyEvent, ListenerContext) async throws -> Void)
    {
        self.name = name
        self.body = body
    }

    func handle(_ event: AnyEvent, context: ListenerContext) async throws { try await body(event, context) }
}

extension ListenerPolicy {
    /// Attempts so long that no test of something else reaches their deadline.
    static let standard = ListenerPolicy(timeout: .seconds(1_000_000), concurrency: 4, retry: .standard)
}

extension RetryPolicy {
    /// The documented defaults.
    static let standard = RetryPolicy(maxAttempts: 18, initial: .seconds(5), factor: 3, max: .seconds(36_000))
}

/// Waits until the task is cancelled, as a well-behaved handler does.
func waitForCancellation() async throws {
    let never = AsyncStream<Void>.makeStream()
    for await _ in never.stream {}
    try Task.checkCancellation()
}
