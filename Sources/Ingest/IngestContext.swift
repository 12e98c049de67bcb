package import Events
package import Logging
package import Metrics
package import NIOPosix

/// What all connections share, and what the handlers know of the rest of the daemon.
package struct IngestContext: Sendable {
    /// The sources.
    package var sources: SourceTable
    /// Where authentic deliveries go.
    package var sink: any DeliverySink
    /// The log of requests.
    package var logger: Logger
    /// Where the metrics that belong to no source are made.
    package var metricsFactory: any MetricsFactory
    /// The time of receipt.
    package var clock: MachineClock
    /// Where large bodies are authenticated.
    package var threadPool: NIOThreadPool = .singleton
    /// How long connections that are over are kept for their clients.
    package var patience = LingerPatience()
    /// Called for each request that is not authentic; logs it, unless it is replaced, for instance to log
    /// less.
    package var onRejection: @Sendable (Rejection) -> Void
    /// Called with the real addresses, once all sockets take connections.
    package var onListening: @Sendable ([ListenAddress]) -> Void = { _ in }

    package init(
        sources: SourceTable,
        sink: any DeliverySink,
        logger: Logger,
        metricsFactory: any MetricsFactory,
        clock: MachineClock
    ) {
        self.sources = sources
        self.sink = sink
        self.logger = logger
        self.metricsFactory = metricsFactory
        self.clock = clock
        onRejection = { $0.log(to: logger) }
    }
}

/// A request that did not prove authentic.
package struct Rejection: Hashable, Sendable {
    /// The source that it was for.
    package var source: String
    /// Why; for the operator alone.
    package var reason: String
    /// The IP address that it came from; nil behind a Unix socket.
    package var remoteAddress: String?

    package init(source: String, reason: String, remoteAddress: String?) {
        self.source = source
        self.reason = reason
        self.remoteAddress = remoteAddress
    }

    /// Logs it as operators must see it.
    package func log(to logger: Logger) {
        logger.notice(
            "A request is not authentic",
            metadata: [
                LogKey.sourceName: "\(source)",
                LogKey.errorMessage: "\(reason)",
                LogKey.remoteAddress: "\(remoteAddress ?? "unix")",
            ]
        )
    }
}
