import Dispatcher
import Telemetry

/// What is measured of the dispatcher when it is asked for.
enum DispatcherMetrics {
    /// The threads that make up for others, and those that do not come back.
    static func gauges(_ pool: WorkerPool) -> [MetricSample] {
        [
            MetricSample(.extraThreads, value: Double(pool.extraThreads)),
            MetricSample(.stuckThreads, value: Double(pool.stuckThreads)),
        ]
    }
}
