import Dispatcher
import Ingest
import Logging
import NIOCore
package import Settings
import Telemetry

/// Who may have how many of the process's descriptors, so that strangers with connections leave enough for
/// commands, files and the admin address.
package struct DescriptorBudget: Equatable, Sendable {
    /// The limit that is shared out.
    package let limit: Int
    /// The connections that ingest serves at the same time: the configured ones, or as many as there is room
    /// for.
    package let connections: Int
    /// The programs that run at the same time.
    package let children: Int
    /// The connections of operators to the admin address and the control socket, together.
    let operators: Int
    /// The soft limit that programs get; nil for this process's.
    package var childLimit: UInt64?

    private let connectionsWanted: Int

    /// What is open for as long as the daemon runs, at most: the standard streams, what a parent left open,
    /// the outbox (its two locks, and a file with its log and index for each of five connections), listening
    /// sockets, what waits for signals, each thread of the runtimes that waits for events, and the reserve.
    private static let ownMax = 40 + DescriptorReserve.count
    /// Of each event loop, one a core: what it waits with, what wakes it, and its timer.
    private static let perCore = 3

    /// Connections beyond the limit that linger until the client has read its refusal: an eighth of the
    /// limit, and no more than this.
    private static let refusedMax = 256
    private static let refusedShare = 8

    /// Of the descriptors that can be chosen freely, commands have this share where there is no room for all
    /// that may run at once.
    private static let childrenShare = 4
    /// Attempts in processes of their own, which only follow crashes.
    private static let isolatedMax = 4

    /// What is kept for the admin address and commands of operators, and for files: what Swift listeners,
    /// a reload and queries open.
    private struct Reserve {
        let operators: Int
        let files: Int

        /// A limit so low that it is shared out more narrowly.
        private static let tight = 256
        /// A limit so high that operators need not be short.
        private static let ample = 4096

        init(limit: Int) {
            operators = limit < Self.tight ? 8 : limit < Self.ample ? 24 : ConnectionLimits.operatorsMax
            files = limit < Self.tight ? 4 : 24
        }
    }

    /// Shares out a limit; a pure function of it, the configuration and the machine.
    ///
    /// - Parameters:
    ///   - limit: The limit of descriptors.
    ///   - configuration: What is wanted.
    ///   - cores: How many event loops there are.
    package init(limit: Int, for configuration: Configuration, cores: Int) {
        let reserve = Reserve(limit: limit)
        let endpoints = Self.concurrency(in: configuration) { if case .endpoint = $0 { true } else { false } }
        let commands = Self.concurrency(in: configuration) { if case .command = $0 { true } else { false } }
        let fixed = Self.ownMax + Self.perCore * cores + configuration.ingest.listen.count
        let free = max(0, limit - fixed - reserve.operators - reserve.files - endpoints)
        let perChild = ChildRoom.descriptorsPerChild
        let share = max(1, free / Self.childrenShare / perChild)
        let least = min(commands + Self.isolatedMax, share)
        let rest = free - least * perChild
        let wanted = configuration.ingest.limits.connections
        operators = reserve.operators
        connections = Self.fitting(wanted, in: rest)
        // What connections leave is room for more commands after a reload.
        let spare = max(0, rest - connections - Self.refused(connections)) / perChild
        children = connections < wanted ? least : least + spare
        connectionsWanted = wanted
        self.limit = limit
    }

    /// Raises the process's limit as far as it goes, and shares it out.
    ///
    /// Programs get the limit that there was before.
    package static func raisingLimit(for configuration: Configuration) -> DescriptorBudget {
        let before = DescriptorLimit.soft
        DescriptorLimit.raise()
        DescriptorReserve.process.take()
        let limit = Int(clamping: DescriptorLimit.soft ?? DescriptorLimit.attainable)
        var budget = DescriptorBudget(limit: limit, for: configuration, cores: System.coreCount)
        budget.childLimit = before
        return budget
    }

    /// What to tell before the daemon starts, from the limit that this process could have.
    package static func warnings(on configuration: Configuration) -> [ConfigurationProblem] {
        let limit = Int(clamping: DescriptorLimit.attainable)
        let budget = DescriptorBudget(limit: limit, for: configuration, cores: System.coreCount)
        return budget.warning.map { warning in
            let place = configuration.location(of: IngestLimits.connectionsPath)
            return [ConfigurationProblem(severity: .warning, location: place, message: warning)]
        } ?? []
    }

    /// What to tell when there are fewer connections than configured; nil if there are not.
    package var warning: String? {
        guard connections < connectionsWanted else { return nil }
        return "\(IngestLimits.connectionsPath): \(connectionsWanted) connections need more descriptors than "
            + "the limit of \(limit) has beside commands, files and the admin address: \(connections) are "
            + "served; raise the hard limit (LimitNOFILE=, ulimit -Hn) or lower connections"
    }

    /// The room for programs, which tells the log when attempts have to wait.
    func makeRoom(clock: DispatchClock, logger: Logger) -> ChildRoom {
        let lines = RateLimitedLog<String>(linesMax: 1)
        var observer = ChildRoom.Observer()
        observer.onFull = { children in
            lines.log(
                .warning,
                "Commands wait for others to end: no more may run at the same time with these descriptors",
                key: "full",
                metadata: ["commands": "\(children)", "descriptors": "\(limit)"],
                to: logger
            )
        }
        observer.onRefusal = { reason in
            lines.log(
                .warning,
                "Commands wait: the system has no room to start one",
                key: "refused",
                metadata: ["reason": "\(reason)"],
                to: logger
            )
        }
        return ChildRoom(children: children, descriptorsMax: childLimit, clock: clock, observer: observer)
    }

    /// As many connections as fit, with those that linger beside them.
    private static func fitting(_ connections: Int, in descriptors: Int) -> Int {
        guard connections + refused(connections) > descriptors else { return connections }
        let fitting = descriptors * refusedShare / (refusedShare + 1)
        return max(1, fitting / refusedShare > refusedMax ? descriptors - refusedMax : fitting)
    }

    private static func refused(_ connections: Int) -> Int { min(refusedMax, connections / refusedShare) }

    private static func concurrency(
        in configuration: Configuration,
        _ isCounted: (ListenerConfiguration.Target) -> Bool
    ) -> Int {
        configuration.listeners.filter { $0.enabled && isCounted($0.target) }
            .reduce(0) { $0 + $1.policy.concurrency }
    }
}
