import Events
import Outbox
import Synchronization

/// Whether deliveries can be taken: ingest is open and the outbox commits.
final class Readiness: Sendable {
    private let isOpen = Atomic(false)
    private let outbox: Outbox

    init(outbox: Outbox) {
        self.outbox = outbox
    }

    /// Ingest takes deliveries from now on, or no more; who finds the outbox taken can know it, too.
    func setOpen(_ isOpen: Bool) {
        self.isOpen.store(isOpen, ordering: .relaxed)
        outbox.announce(isOpen ? .ready : .stopping)
    }

    /// After a failed commit only a write that commits makes the daemon ready again; asking makes that write,
    /// also while the outbox's files are not in their places: then it fails, and says why.
    func isReady() async -> Bool {
        guard isOpen.load(ordering: .relaxed) else { return false }
        if outbox.isHealthy, outbox.isInPlace { return true }
        do {
            try await outbox.probe()
            return true
        } catch {
            return false
        }
    }
}
