import Events
import Logging
import NIOCore

/// What all connections of a server share.
final class ConnectionContext: Sendable {
    let context: IngestContext
    let settings: IngestSettings
    let budget: InFlightBudget
    let registry: ConnectionRegistry
    let usages = AddressUsages()
    let turns = TurnQueues()
    let processor: RequestProcessor
    let metrics: SocketMetrics

    /// How long a connection may still send a request when the daemon stops: one that is on its way comes in
    /// this time.
    static let lastRequestTimeout = TimeAmount.seconds(2)

    init(settings: IngestSettings, context: IngestContext) {
        self.context = context
        self.settings = settings
        let metrics = SocketMetrics(factory: context.metricsFactory)
        self.metrics = metrics
        budget = InFlightBudget(bytesMax: settings.limits.inFlightBytes)
        let registry = ConnectionRegistry(limits: settings.limits) { metrics.countEviction($0) }
        self.registry = registry
        processor = RequestProcessor(context: context)
        budget.onShortage { registry.makeRoom(for: $0, $1) }
    }

    /// How long may be waited for something.
    func timeout(of wait: ConnectionStateMachine.Wait) -> TimeAmount {
        let limits = settings.limits
        return switch wait {
        case .head: TimeAmount(limits.headerTimeout)
        case .body: TimeAmount(limits.bodyTimeout)
        case .nextRequest, .answerTaken: TimeAmount(limits.idleTimeout)
        case .lastRequest: Self.lastRequestTimeout
        }
    }

    /// Counts and logs an answer.
    func record(_ answer: Answer, to exchange: Exchange?, at now: NIODeadline, from peer: Peer) {
        if let exchange, let outcome = Outcome(answer) {
            exchange.source.metrics.count(outcome, nanoseconds: (now - exchange.begin).nanoseconds)
        } else if case .refused(let refusal) = answer {
            metrics.countUnrouted(refusal)
        }
        guard case .refused(let refusal) = answer else { return }
        let remoteAddress = exchange?.client.address ?? peer.address
        if refusal == .unauthenticated, let exchange, let fault = exchange.fault {
            let name = exchange.source.admitter.name
            context.onRejection(Rejection(source: name, reason: fault, remoteAddress: remoteAddress))
        }
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
