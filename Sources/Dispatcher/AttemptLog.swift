import Events
import Logging

/// What a listener's queue tells the operator; each line has its one place here.
struct AttemptLog: Sendable {
    private let logger: Logger

    init(listener: String, logger: Logger) {
        var logger = logger
        logger[metadataKey: LogKey.listenerName] = .string(listener)
        self.logger = logger
    }

    /// The logger for the listener's own lines during an attempt.
    func logger(for dispatch: ClaimedDispatch) -> Logger {
        var logger = logger
        logger[metadataKey: LogKey.eventID] = "\(dispatch.event)"
        logger[metadataKey: LogKey.attempt] = "\(dispatch.attempt)"
        return logger
    }

    /// An attempt has not met its deadline.
    func missedDeadline(_ dispatch: ClaimedDispatch) {
        logger(for: dispatch).warning("A listener did not meet its deadline and was cancelled")
    }

    /// An attempt has ended.
    func ended(_ record: AttemptRecord) {
        let level: Logger.Level
        let message: Logger.Message
        switch (record.outcome, record.next) {
        case (_, .dead): (level, message) = (.error, "A dispatch is dead")
        case (.delivered, _): (level, message) = (.debug, "An event was delivered")
        case (.interrupted, _): (level, message) = (.notice, "An attempt was interrupted")
        default: (level, message) = (.warning, "An attempt failed and will be repeated")
        }
        logger.log(level: level, message, metadata: Self.metadata(of: record))
    }

    private static func metadata(of record: AttemptRecord) -> Logger.Metadata {
        var metadata: Logger.Metadata = [
            LogKey.eventID: "\(record.event)",
            LogKey.attempt: "\(record.attempt)",
            LogKey.durationMilliseconds: "\(record.duration.milliseconds)",
        ]
        metadata[LogKey.errorMessage] = record.error.map { "\($0)" }
        return metadata
    }

    /// An attempt that has ended was not recorded, as its dispatch does not run under its claim any more.
    func outdated(_ record: AttemptRecord) {
        logger.warning(
            "An outcome came too late and is not recorded: the dispatch was claimed again, or is finished",
            metadata: Self.metadata(of: record)
        )
    }

    /// The listener is paused, held or resumed, or not.
    ///
    /// - Parameters:
    ///   - change: What has changed.
    ///   - origin: Who has resumed it, if somebody has.
    func changed(_ change: ListenerHealth.Change, by origin: PauseOrigin) {
        switch change {
        case .none:
            return
        case .paused(let pause):
            paused(pause)
        case .held(let time):
            logger.notice(
                "An endpoint asks for time; its listener gets nothing more until then",
                metadata: [LogKey.heldUntil: "\(time)"]
            )
        case .resumed:
            logger.notice("A listener is resumed", metadata: [LogKey.pauseOrigin: "\(origin.rawValue)"])
        }
    }

    private func paused(_ pause: ListenerPause) {
        var metadata: Logger.Metadata = [LogKey.pauseOrigin: "\(pause.origin.rawValue)"]
        metadata[LogKey.pauseReason] = pause.reason.map { "\($0)" }
        switch pause.origin {
        case .breaker:
            logger.warning("A listener that only fails is paused and probed now and then", metadata: metadata)
        case .endpoint:
            logger.warning(
                "A listener wants no more events; it is paused until it is resumed",
                metadata: metadata
            )
        case .operator:
            logger.notice("A listener is paused until it is resumed", metadata: metadata)
        }
    }

    /// The outbox has refused something; it is tried again.
    func storeRefused(_ message: Logger.Message, _ error: any Error) {
        logger.error(message, metadata: [LogKey.errorMessage: "\(error)"])
    }
}
