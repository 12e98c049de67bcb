import Events
import Logging
import Outbox
import Telemetry

extension OutboxObserver {
    /// Counts what the outbox does, and says in the log what somebody has to know.
    init(metrics: OutboxMetrics, logger: Logger) {
        self.init()
        onCommit = { metrics.committed($0) }
        onFailure = { error in
            logger.error(
                "The outbox cannot commit; deliveries get 503 until it can",
                metadata: [LogKey.errorCode: "\(error.code.rawValue)", LogKey.errorMessage: "\(error)"]
            )
        }
        onRecovery = { logger.notice("The outbox commits again") }
        onLongLog = { report in
            let readers = report.readers.map(String.init).joined(separator: " ")
            logger.warning(
                "The write-ahead log grows until a process ends that reads the outbox",
                metadata: [
                    "bytes": "\(report.bytes)", "processes": "\(readers.isEmpty ? "unknown" : readers)",
                ]
            )
        }
        onClockStep = { report in
            var metadata: Logger.Metadata = ["seconds": "\(report.step.components.seconds)"]
            guard let end = report.restsUntil else {
                return logger.notice(
                    "The clock was set; retries come when they would have",
                    metadata: metadata
                )
            }
            metadata["until"] = "\(end)"
            metadata["advice"] = "forgewire prune --force prunes all the same"
            logger.warning(
                "The clock was set; retries come when they would have, and nothing is pruned for a day",
                metadata: metadata
            )
        }
    }
}
