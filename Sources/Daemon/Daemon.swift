import Dispatcher
package import Events
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
    private let program: Program
    private let metrics: MetricsRegistry
    private let logger: Logger
    private let budget: DescriptorBudget
    private let room: ChildRoom
    private let clock: MachineClock

    /// The executable that the daemon runs in.
    package struct Program: Sendable {
        /// Its version.
        package var version: String
        /// The arguments with which it runs one attempt in a process of its own.
        ///
        /// `--outbox` with the path, `--core-dumps` where they are allowed, and `--listener` with the name
        /// come behind them, see `DaemonProcess.runAttempt`.
        package var isolationArguments: [String]

        package init(version: String, isolationArguments: [String]) {
            self.version = version
            self.isolationArguments = isolationArguments
        }
    }

    /// Rejected signatures in the log, a source and minute: strangers can cause them at will.
    private static let rejectionLinesPerMinute = 10

    /// Makes a daemon that does nothing yet.
    ///
    /// - Parameters:
    ///   - plan: What to serve.
    ///   - reloadPlan: Gives the plan anew, for SIGHUP.
    ///   - environment: The variables of the process: what systemd hands over is in them.
    ///   - program: The executable.
    ///   - descriptors: What connections and children may take of them.
    ///   - metrics: Where metrics are kept.
    ///   - clock: What all of it goes by.
    ///   - logger: Where the daemon says what it does.
    package init(
        plan: ServicePlan,
        reloadPlan: @escaping @Sendable () throws -> ServicePlan,
        environment: [String: String],
        program: Program,
        descriptors: DescriptorBudget,
        metrics: MetricsRegistry,
        clock: MachineClock,
        logger: Logger
    ) {
        self.plan = plan
        self.reloadPlan = reloadPlan
        self.environment = environment
        self.program = program
        self.metrics = metrics
        self.clock = clock
        self.logger = logger
        budget = descriptors
        room = descriptors.makeRoom(clock: clock, logger: logger)
    }

    /// Serves until SIGTERM or SIGINT, then drains and returns.
    ///
    /// - Throws: `OutboxError`, `IngestError`, or what the admin address failed with.
    package func run() async throws {
        do {
            // Signals are heard from the first moment on: one that comes during the start ends it in order.
            try await ServiceGroup.inOrder(
                [ServiceClosure(openAndServe)],
                signals: [.sigterm, .sigint],
                logger: logger
            )
            .run()
        } catch {
            SystemdNotifier(environment: environment).notify(nil, status: "\(error)")
            throw error
        }
    }

    private func openAndServe() async throws {
        let outbox = try await openOutbox()
        let pool = makePool()
        // Two readers, so that no listener that wants a payload is held up by a count for metrics.
        let payloads = try OutboxReader(path: outbox.path)
        let backlogs = try OutboxReader(path: outbox.path)
        let status = makeStatus(outbox)
        defer {
            // Last of all: what finished while the services stopped is written, then the file is closed.
            payloads.close()
            backlogs.close()
            if status.hasStarted { outbox.close() } else { outbox.abandon() }
            pool.shutDown()
            if status.hasStarted { logger.notice("Forgewire has stopped") }
        }
        let pauses = try await outbox.register(plan.listenerRecords)
        let holds = try await outbox.holds()
        let store = OutboxDispatchStore(outbox: outbox, reader: payloads)
        metrics.onScrape { [clock] in
            await OutboxMetrics.gauges(backlogs, now: clock.now()) + DispatcherMetrics.gauges(pool)
        }
        let dispatcher = makeDispatcher(store, pool, registrations(plan, outbox, pauses, holds))
        try await outbox.handOver(to: dispatcher)
        try await serve(outbox, dispatcher, status)
    }

    private func openOutbox() async throws -> Outbox {
        let settings = plan.configuration.outbox
        let wait = LockWait(timeMax: settings.lockWait, clock: clock) { [logger] reason in
            logger.notice("The outbox is waited for", metadata: ["reason": "\(reason)"])
        }
        let observer = OutboxObserver(metrics: OutboxMetrics(factory: metrics), logger: logger)
        return try await wait.opening { [clock] in
            try Outbox(path: settings.path, clock: clock, as: .starting, observer: observer)
        }
    }

    private func makeStatus(_ outbox: Outbox) -> DaemonStatus {
        DaemonStatus(
            readiness: Readiness(outbox: outbox),
            notifier: SystemdNotifier(environment: environment),
            configured: plan.configuration.ingest.listen,
            isFromSystemd: !descriptors.isEmpty,
            logger: logger
        )
    }

    /// The sockets that systemd has handed over.
    private var descriptors: [CInt] { ListenDescriptors.parse(environment: environment, processID: getpid()) }

    /// How the dispatcher runs the listeners of a plan.
    private func registrations(
        _ plan: ServicePlan,
        _ outbox: Outbox,
        _ pauses: [String: ListenerPause],
        _ holds: [String: Timestamp]
    ) -> [ListenerRegistration] {
        let surroundings = PlannedListener.Surroundings(
            webhookIDs: WebhookIDs(outboxID: outbox.id, plainUntil: outbox.plainIDsUntil),
            userAgent: "Forgewire/\(program.version)",
            variables: environment,
            clock: clock,
            room: room
        )
        return plan.listeners.map { listener in
            let name = listener.settings.name
            return listener.registration(in: surroundings, pause: pauses[name], heldUntil: holds[name])
        }
    }

    private func serve(_ outbox: Outbox, _ dispatcher: Dispatcher, _ status: DaemonStatus) async throws {
        let sources = SourceTable(plan.sources, metricsFactory: metrics)
        let subscriptions = SubscriptionTable(plan.subscriptions)
        let ingest = makeIngest(sources, makeRouter(outbox, subscriptions)) { status.ingestOpened($0) }
        let directory = ListenerDirectory(plan)
        let operators = try AdministrationReader(path: outbox.path)
        defer { operators.close() }
        let administration = makeAdministration(outbox, operators, directory, dispatcher)
        let pipeline = DeliveryPipeline(ingest: ingest, dispatcher: dispatcher, gate: status.isReady) {
            administration.stop()
            status.stopping()
        }
        let reloader = Reloader(
            loadPlan: reloadPlan,
            apply: { plan in
                try await administration.whileListenersStay { () async throws(OutboxError) in
                    // The only steps that can fail are the first two. A delivery in between may still make
                    // dispatches for a listener that is gone; they stay pending, as its others do.
                    let pauses = try await outbox.register(plan.listenerRecords)
                    let holds = try await outbox.holds()
                    sources.replace(with: plan.sources)
                    subscriptions.replace(with: plan.subscriptions)
                    directory.replace(with: plan)
                    dispatcher.replace(with: registrations(plan, outbox, pauses, holds))
                }
            },
            current: plan,
            status: status,
            logger: logger
        )
        let control = ControlServer(
            socket: ControlSocket(outboxPath: outbox.path),
            administration: administration,
            desk: DaemonDesk(reload: reloader.reload, addresses: { status.addresses }),
            limits: .control(plan.configuration.ingest.limits, operators: budget.operators),
            logger: logger,
            onListening: status.controlOpened
        )
        let retention = RetentionService(
            administration: administration,
            clock: clock,
            logger: logger
        )
        // They begin as `status` says, and stop in reverse of this list: until the drain is over the admin
        // address answers, and commands are told that the daemon stops.
        try await ServiceGroup.inOrder(
            [
                GatedService(gate: status.ingestIsOpen, service: makeAdmin(status)),
                GatedService(gate: status.adminIsOpen, service: control),
                GatedService(gate: status.isReady, service: retention),
                ReloadService(reloader: reloader, gate: status.isReady),
                MemoryReturn(ingest: ingest, clock: clock),
                pipeline,
            ],
            logger: logger
        )
        .run()
    }

    private func makeAdministration(
        _ outbox: Outbox,
        _ reader: AdministrationReader,
        _ directory: ListenerDirectory,
        _ dispatcher: Dispatcher
    ) -> OutboxAdministration {
        var hooks = OutboxAdministration.Hooks()
        hooks.committed = { dispatcher.committed(listeners: $0) }
        hooks.paused = { dispatcher.pause($0, $1) }
        hooks.resumed = { dispatcher.resume($0) }
        return OutboxAdministration(
            outbox: outbox,
            reader: reader,
            listeners: directory,
            retention: plan.configuration.outbox.retention,
            hooks: hooks
        )
    }

    private func makePool() -> WorkerPool {
        var observer = WorkerPoolObserver()
        observer.onExtraThread = { [logger] count in
            logger.notice(
                "A listener blocks its thread, so another one was started",
                metadata: ["extra.threads": "\(count)"]
            )
        }
        observer.onLimit = { [logger] count in
            logger.warning(
                "Listeners wait behind blocked threads, and dispatcher.extraThreads allows no more",
                metadata: ["extra.threads": "\(count)"]
            )
        }
        return WorkerPool(
            threads: plan.configuration.dispatcher.threads,
            extraThreadsMax: plan.configuration.dispatcher.extraThreads,
            observer: observer
        )
    }

    private func makeDispatcher(
        _ store: OutboxDispatchStore,
        _ pool: WorkerPool,
        _ registrations: [ListenerRegistration]
    ) -> Dispatcher {
        Dispatcher(
            registrations,
            store: store,
            pool: pool,
            drainTime: plan.configuration.dispatcher.drain,
            environment: DispatcherEnvironment(
                clock: clock,
                random: { .random(in: 0...1) },
                logger: logger,
                metrics: metrics,
                isolation: IsolatedRunner(
                    arguments: program.isolationArguments + ["--outbox", plan.configuration.outbox.path]
                        + (plan.configuration.daemon.coreDumps ? ["--core-dumps"] : []),
                    environment: environment,
                    clock: clock,
                    room: room,
                    // Never waits for a reader, as a write of our own would.
                    writeError: { LogSink.standardError.write($0) }
                )
            )
        )
    }

    private func makeRouter(_ outbox: Outbox, _ subscriptions: SubscriptionTable) -> DeliveryRouter {
        let counters = EventCounters(factory: metrics)
        return DeliveryRouter(outbox: outbox, subscriptions: subscriptions) { counters.counting($0) }
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
            clock: clock
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
        var settings = IngestSettings(plan.configuration.ingest)
        settings.limits.connections = budget.connections
        return IngestServer(
            settings: settings,
            adopting: descriptors,
            drain: plan.configuration.dispatcher.drain,
            context: context
        )
    }

    private func makeAdmin(_ status: DaemonStatus) -> AdminServer {
        AdminServer(
            address: plan.configuration.admin.listen,
            limits: .admin(plan.configuration.ingest.limits, operators: budget.operators),
            readiness: status.readiness,
            metrics: { [metrics] in await metrics.render() },
            logger: logger,
            onListening: { status.adminOpened($0) }
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
        trustedProxies = TrustedProxies(settings)
        limits.headerBytes = settings.limits.headerBytes
        limits.headerTimeout = settings.limits.headerTimeout
        limits.bodyTimeout = settings.limits.bodyTimeout
        limits.idleTimeout = settings.limits.idleTimeout
        limits.bodyMinRate = settings.limits.bodyMinRate
        limits.connections = settings.limits.connections
        limits.connectionsPerAddress = settings.limits.connectionsPerAddress
        limits.inFlightBytes = settings.limits.inFlightBytes
    }
}

extension TrustedProxies {
    fileprivate init(_ settings: IngestConfiguration) {
        let ranges = settings.trustedProxies.compactMap { proxy -> AddressRange? in
            if case .addresses(let range) = proxy { range } else { nil }
        }
        self.init(
            header: settings.forwardedHeader == .forwarded ? .forwarded : .xForwardedFor,
            containsAddress: { bytes in
                IPAddress(bytes: bytes).map { address in ranges.contains { $0.contains(address) } } ?? false
            },
            containsUnix: settings.trustedProxies.contains(.unix)
        )
    }
}
