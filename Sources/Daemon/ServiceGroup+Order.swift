import Logging
import ServiceLifecycle
import UnixSignals

extension ServiceGroup {
    /// A group whose services stop one after the other, the last one first, also when one fails: none is
    /// cancelled.
    ///
    /// - Parameters:
    ///   - services: What runs.
    ///   - signals: What ends the group.
    ///   - logger: The daemon's log, which hears of the group's warnings alone.
    /// - Returns: A group that does not run yet; it throws what its first service to fail has thrown.
    static func inOrder(
        _ services: [any Service],
        signals: [UnixSignal] = [],
        logger: Logger
    ) -> ServiceGroup {
        // It would say at `debug` and `info` what this daemon says itself.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let configurations = services.map {
            ServiceGroupConfiguration.ServiceConfiguration(
                service: $0,
                successTerminationBehavior: .gracefullyShutdownGroup,
                failureTerminationBehavior: .gracefullyShutdownGroup,
                // Its default would describe all that the service holds.
                serviceName: "\(type(of: $0))"
            )
        }
        return ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: configurations,
                gracefulShutdownSignals: signals,
                logger: quiet
            )
        )
    }
}

/// A function as a service.
struct ServiceClosure: Service {
    private let body: @Sendable () async throws -> Void

    init(_ body: @escaping @Sendable () async throws -> Void) { self.body = body }

    func run() async throws { try await body() }
}
