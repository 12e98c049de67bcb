import Events
import Metrics

/// The dispatcher's metrics for one listener; made once and kept.
struct ListenerMetrics: Sendable {
    private let outcomes: [AttemptOutcome: Counter]
    private let dead: Counter
    private let queueTime: Metrics.Timer
    private let taskTime: Metrics.Timer
    private let totalTime: Metrics.Timer

    private enum Name {
        static let dispatches = "forgewire_dispatches_total"
        static let queueTime = "forgewire_dispatch_queue_seconds"
        static let taskTime = "forgewire_dispatch_task_seconds"
        static let totalTime = "forgewire_dispatch_total_seconds"
    }

    init(listener: String, factory: any MetricsFactory) {
        let dimensions = [("listener", listener)]
        func counter(_ outcome: String) -> Counter {
            Counter(label: Name.dispatches, dimensions: dimensions + [("outcome", outcome)], factory: factory)
        }
        let counted: [AttemptOutcome] = [.delivered, .failed, .permanent, .timedOut, .crashed]
        outcomes = Dictionary(uniqueKeysWithValues: counted.map { ($0, counter($0.rawValue)) })
        dead = counter("dead")
        queueTime = Metrics.Timer(label: Name.queueTime, dimensions: dimensions, factory: factory)
        taskTime = Metrics.Timer(label: Name.taskTime, dimensions: dimensions, factory: factory)
        totalTime = Metrics.Timer(label: Name.totalTime, dimensions: dimensions, factory: factory)
    }

    /// A first attempt begins; later ones say nothing about the queue.
    func started(_ dispatch: ClaimedDispatch) {
        record(queueTime, from: dispatch.receivedAt, to: dispatch.startedAt)
    }

    /// An attempt is over.
    func finished(_ attempt: AttemptRecord, receivedAt: Timestamp) {
        outcomes[attempt.outcome]?.increment()
        taskTime.recordMilliseconds(attempt.duration.milliseconds)
        switch attempt.next {
        case .pending:
            return
        case .delivered:
            record(totalTime, from: receivedAt, to: attempt.finishedAt)
        case .dead:
            dead.increment()
            record(totalTime, from: receivedAt, to: attempt.finishedAt)
        }
    }

    private func record(_ timer: Metrics.Timer, from start: Timestamp, to end: Timestamp) {
        timer.recordMilliseconds(max(0, end.milliseconds - start.milliseconds))
    }
}
