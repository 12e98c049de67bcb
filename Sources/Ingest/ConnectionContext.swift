import Events
import Logging
import NIOCore

/// What all connections of a server share.
final class ConnectionContext: Sendable {
    let context: IngestContext
    let settings: IngestSettings
    let budget: InFlightBudget
    let processor: RequestProcessor
    let metrics: SocketMetrics

    init(settings: IngestSettings, context: IngestContext) {
        self.context = context
        self.settings = settings
        budget = InFlightBudget(bytesMax: settings.limits.inFlightBytes)
        processor = RequestProcessor(context: context)
        metrics = SocketMetrics(factory: context.metricsFactory)
    }

    /// How long may be waited for something.
    func timeout(of wait: ConnectionStateMachine.Wait) -> TimeAmount {
        let limits = settings.limits
        return switch wait {
        case .head: TimeAmount(limits.headerTimeout)
        case .body: TimeAmount(limits.bodyTimeout)
        case .nextRequest, .answerTaken: TimeAmount(limits.idleTimeout)
        }
    }

    /// Counts and logs an answer.
    func record(_ answer: Answer, to exchange: Exchange?, at now: NIODeadline, from remoteAddress: String?) {
        if let exchange, let outcome = Outcome(answer) {
            exchange.source.metrics.count(outcome, nanoseconds: (now - exchange.begin).nanoseconds)
        } else if case .refused(let refusal) = answer {
            metrics.countUnrouted(refusal)
        }
        guard case .refused(let refusal) = answer else { return }
        context.logger.debug(
            "A request is refused",
            metadata: [
                LogKey.httpStatus: "\(answer.status)",
                LogKey.errorCode: "\(refusal.rawValue)",
                LogKey.remoteAddress: "\(remoteAddress ?? "unix")",
            ]
        )
    }
}
