import CoreMetrics
import Dispatcher
import Events
import ListenerKit
import Logging
import TestKit

/// A dispatcher that runs, with a store, a clock and threads of its own.
final class DispatcherBench: Sendable {
    let store: InMemoryStore
    let dispatcher: Dispatcher
    /// Has an element when `run()` has returned.
    let ended = Journal<Void>()

    /// How long attempts may go on after a drain.
    static let drainTime = Duration.seconds(20)

    private let pool: WorkerPool

    /// The store's, which the dispatcher goes by, too.
    var clock: ManualClock { store.clock }

    /// Runs a dispatcher with listeners of this process as long as it is used, then cancels it.
    static func use(
        _ listeners: [ClosureListener],
        policy: ListenerPolicy = .standard,
        store: InMemoryStore,
        threads: Int = 2,
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        _ body: (DispatcherBench) async throws -> Void
    ) async throws {
        try await use(
            registrations: listeners.map { ListenerRegistration($0, policy: policy) },
            store: store,
            threads: threads,
            metrics: metrics,
            body
        )
    }

    /// Runs a dispatcher as long as it is used, then cancels it.
    static func use(
        registrations: [ListenerRegistration],
        isolation: (any AttemptRunner)? = nil,
        store: InMemoryStore,
        threads: Int = 2,
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        metrics: any MetricsFactory = NOOPMetricsHandler.instance,
        _ body: (DispatcherBench) async throws -> Void
    ) async throws {
        let pool = WorkerPool(threads: threads)
        defer { pool.shutDown() }
        let bench = DispatcherBench(registrations, isolation, store, pool, logger, metrics)
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
        _ registrations: [ListenerRegistration],
        _ isolation: (any AttemptRunner)?,
        _ store: InMemoryStore,
        _ pool: WorkerPool,
        _ logger: Logger,
        _ metrics: any MetricsFactory
    ) {
        self.store = store
        self.pool = pool
        dispatcher = Dispatcher(
            registrations,
            store: store,
            pool: pool,
            drainTime: Self.drainTime,
            environment: DispatcherEnvironment(
                clock: store.clock.machineClock,
                random: { 0.5 },  // no jitter
                logger: logger,
                metrics: metrics,
                isolation: isolation
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

extension ListenerRegistration {
    /// A listener of this process.
    init(_ listener: ClosureListener, policy: ListenerPolicy = .standard, pause: ListenerPause? = nil) {
        self.init(
            name: listener.name,
            kinds: EventKind.allCases,
            runner: .inProcess(AnyListener(listener)),
            policy: policy,
            pause: pause
        )
    }

    /// A listener outside of it.
    init(
        _ runner: ClosureRunner,
        revision: String = "1",
        policy: ListenerPolicy = .standard,
        pause: ListenerPause? = nil
    ) {
        self.init(
            name: "one",
            kinds: EventKind.allCases,
            runner: .outside(revision: revision) {
                runner.made.append(revision)
                return runner
            },
            policy: policy,
            pause: pause
        )
    }
}

/// A runner made of a closure, which tells when it was made and closed.
struct ClosureRunner: AttemptRunner {
    /// The revisions that it was made for.
    let made = Journal<String>()
    /// Has an element for each time it was closed.
    let closed = Journal<Void>()

    private let body: @Sendable (Attempt) async throws -> Void

    init(_ body: @escaping @Sendable (Attempt) async throws -> Void) { self.body = body }

    func run(_ attempt: Attempt) async throws { try await body(attempt) }

    func close() async { closed.append(()) }
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
