import CProcess
package import Events
import Glibc
package import Logging

/// Reaps the orphans that become children of process 1, if this process is it, as in a container without an
/// init.
///
/// Only those are reaped that nobody waits for: no program of an attempt, and none that was a zombie for less
/// than a look, as code that starts programs itself waits for them by their process ids, too.
package struct OrphanReaper: Sendable {
    /// How often it is looked for zombies.
    static let interval = Duration.seconds(1)

    private let clock: MachineClock
    private let logger: Logger

    /// Does something, and meanwhile reaps if this process is process 1: no other one gets orphans.
    ///
    /// - Parameters:
    ///   - clock: What looks go by.
    ///   - logger: Where it says what it does.
    ///   - body: What is done.
    /// - Throws: What the body throws.
    package static func reaping(
        clock: MachineClock,
        logger: Logger,
        _ body: () async throws -> Void
    ) async throws {
        guard getpid() == 1 else { return try await body() }
        // Cancelled when the body is done: nobody is left to reap for.
        async let _: Void = OrphanReaper(clock: clock, logger: logger).run()
        try await body()
    }

    private func run() async {
        var seen: Set<Int32> = []
        // It fails when it is cancelled.
        while (try? await clock.sleep(Self.interval)) != nil { seen = look(seen) }
    }

    /// Looks once.
    ///
    /// - Parameter seen: Who was a zombie at the last look.
    /// - Returns: Who is one now.
    private func look(_ seen: Set<Int32>) -> Set<Int32> {
        guard forgewire_has_zombies() != 0 else { return [] }
        let zombies = ProcessTable.zombies(of: getpid()).filter { !StartedChild.isUnreaped($0) }
        for zombie in zombies where seen.contains(zombie) {
            guard forgewire_reap_if_exited(zombie) != 0 else { continue }
            logger.debug("An orphan was reaped", metadata: ["process.id": "\(zombie)"])
        }
        return Set(zombies).subtracting(seen)
    }
}
