import Dispatcher
import Events
import Foundation
import Ingest
import ListenerKit
package import Logging
import Outbox
import ServiceLifecycle
import Settings
package import Telemetry
import UnixSignals

/// The daemon put together: the only place that sees all parts at once.
package struct Daemon: Sendable {
    private let plan: ServicePlan
    private let reloadPlan: @Sendable () throws -> ServicePlan
    private let environment: [String: String]
    private let metrics: MetricsRegistry
    private let logger: Logger
    private let clock = SystemClock()

    /// Rejected signatures in the log, a source and minute: strangers can cause them at will.
    private static let rejectionLinesPerMinute = 10

    /// Makes a daemon that does nothing yet.
    ///
    /// - Parameters:
    ///   - plan: What to serve.
    ///   - reloadPlan: Gives the plan anew, for SIGHUP.
    ///   - environment: The variables of the process: what systemd hands over is in them.
    ///   - metrics: Where metrics are kept.
    ///   - logger: Where the daemon says what it does.
    package init(
        plan: ServicePlan,
        reloadPlan: @escaping @Sendable () throws -> ServicePlan,
        environment: [String: String],
        metrics: MetricsRegistry,
        logger: Logger
    ) {
        self.plan = plan
        self.reloadPlan = reloadPlan
        self.environment = environment
        self.metrics = metrics
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT, then drains and returns.
    ///
    /// - Throws: `OutboxError`, `IngestError`, or what the admin address failed with.
    package func run() async throws {
        let outbox = try Outbox(path: plan.configuration.outbox.path, now: clock.now(), observer: observer)
        let pool = WorkerPool(threads: plan.configuration.dispatcher.threads)
        // Two readers, so that no listener that wants a payload is held up by a count for metrics.
        let payloads = try OutboxReader(path: outbox.path)
        let backlogs = try OutboxReader(path: outbox.path)
        defer {
            // Last of all: what finished while the services stopped is written, then the file is closed.
            payloads.close()
            backlogs.close()
            outbox.close()
            pool.shutDown()
            logger.notice("Forgewire has stopped")
        }
        try await outbox.register(listeners: plan.listenerKinds)
        let store = OutboxDispatchStore(outbox: outbox, reader: payloads)
        metrics.onScrape { [clock] in await OutboxMetrics.gauges(backlogs, now: clock.now()) }
        try await serve(outbox, makeDispatcher(store, pool))
    }

    private func serve(_ outbox: Outbox, _ dispatcher: Dispatcher) async throws {
        let readiness = Readiness(outbox: outbox, clock: clock)
        let notifier = SystemdNotifier(environment: environment)
        let sources = SourceTable(plan.sources, metricsFactory: metrics)
        let subscriptions = SubscriptionTable(plan.subscriptions)
        let ingest = makeIngest(sources, makeRouter(outbox, subscriptions, dispatcher)) { addresses in
            logger.notice(
                "Forgewire takes deliveries",
                metadata: ["addresses": "\(addresses.map(\.description).joined(separator: " "))"]
            )
            readiness.setOpen(true)
            notifier.notify(.ready)
        }
        let pipeline = DeliveryPipeline(ingest: ingest, dispatcher: dispatcher) {
            readiness.setOpen(false)
            notifier.notify(.stopping)
            logger.notice("Forgewire stops: requests and attempts in progress are finished")
        }
        let reload = ReloadService(
            loadPlan: reloadPlan,
            apply: { plan in
                // The only step that can fail is the first. A delivery in between may still make dispatches
                // for a listener that is gone; they stay pending, as its others do.
                try await outbox.register(listeners: plan.listenerKinds)
                sources.replace(with: plan.sources)
                subscriptions.replace(with: plan.subscriptions)
                dispatcher.replace(with: plan.registrations)
            },
            current: plan,
            notifier: notifier,
            logger: logger
        )
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        // They stop in reverse: the admin address answers until the drain is over.
        let group = ServiceGroup(
            services: [makeAdmin(readiness), reload, pipeline],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: quiet
        )
        try await group.run()
    }

    private func makeDispatcher(_ store: OutboxDispatchStore, _ pool: WorkerPool) -> Dispatcher {
        Dispatcher(
            plan.registrations,
            store: store,
            pool: pool,
            drainTime: plan.configuration.dispatcher.drain,
            environment: DispatcherEnvironment(
                clock: clock.dispatchClock,
                random: { .random(in: 0...1) },
                logger: logger,
                metrics: metrics
            )
        )
    }

    private var observer: OutboxObserver {
        let metrics = OutboxMetrics(factory: metrics)
        var observer = OutboxObserver()
        observer.onCommit = { metrics.committed($0) }
        observer.onFailure = { [logger] error in
            logger.error(
                "The outbox cannot commit; deliveries get 503 until it can",
                metadata: [LogKey.errorCode: "\(error.code.rawValue)", LogKey.errorMessage: "\(error)"]
            )
        }
        observer.onRecovery = { [logger] in logger.notice("The outbox commits again") }
        return observer
    }

    private func makeRouter(
        _ outbox: Outbox,
        _ subscriptions: SubscriptionTable,
        _ dispatcher: Dispatcher
    ) -> DeliveryRouter {
        let counters = EventCounters(factory: metrics)
        return DeliveryRouter(outbox: outbox, subscriptions: subscriptions) { delivery, listeners in
            counters.count(delivery)
            dispatcher.committed(listeners: listeners)
        }
    }

    private func makeIngest(
        _ sources: SourceTable,
        _ router: DeliveryRouter,
        onListening: @escaping @Sendable ([ListenAddress]) -> Void
    ) -> IngestServer {
        var context = IngestContext(
            sources: sources,
            sink: router,
            logger: logger,
            metricsFactory: metrics,
            clock: { [clock] in clock.now() }
        )
        let rejections = RateLimitedLog<String>(
            linesMax: Self.rejectionLinesPerMinute,
            interval: .seconds(60)
        )
        context.onRejection = { [logger] rejection in
            guard let suppressed = rejections.admit(rejection.source) else { return }
            var logger = logger
            if suppressed > 0 { logger[metadataKey: RateLimitedLog<String>.suppressedKey] = "\(suppressed)" }
            rejection.log(to: logger)
        }
        context.onListening = onListening
        let descriptors = ListenDescriptors.parse(environment: environment, processID: getpid())
        return IngestServer(
            settings: IngestSettings(plan.configuration.ingest),
            adopting: descriptors,
            drain: plan.configuration.dispatcher.drain,
            context: context
        )
    }

    private func makeAdmin(_ readiness: Readiness) -> AdminServer {
        AdminServer(
            address: plan.configuration.admin.listen,
            readiness: readiness,
            metrics: { [metrics] in await metrics.render() },
            logger: logger,
            onListening: { [logger] address in
                logger.notice("Health and metrics are served", metadata: ["address": "\(address)"])
            }
        )
    }
}

extension IngestSettings {
    fileprivate init(_ settings: IngestConfiguration) {
        self.init(
            listen: settings.listen.map { address in
                switch address {
                case .tcp(let host, let port): .tcp(host: host, port: port)
                case .unix(let path): .unix(path: path)
                }
            },
            maxBodyBytes: settings.maxBodyBytes
        )
        limits.headerBytes = settings.limits.headerBytes
        limits.headerTimeout = settings.limits.headerTimeout
        limits.bodyTimeout = settings.limits.bodyTimeout
        limits.idleTimeout = settings.limits.idleTimeout
        limits.connections = settings.limits.connections
        limits.connectionsPerAddress = settings.limits.connectionsPerAddress
        limits.inFlightBytes = settings.limits.inFlightBytes
    }
}
