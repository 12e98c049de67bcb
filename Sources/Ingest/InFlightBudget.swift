import Synchronization

/// How many bytes of request bodies the process may hold in all.
final class InFlightBudget: Sendable {
    private let bytesMax: Int
    private let bytes = Atomic(0)

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// How many bytes are held now.
    var bytesHeld: Int { bytes.load(ordering: .relaxed) }

    /// Takes bytes, all or none.
    func reserve(_ count: Int) -> Bool {
        let after = bytes.add(count, ordering: .relaxed).newValue
        guard after > bytesMax else { return true }
        release(count)
        return false
    }

    /// Gives back bytes that were taken.
    func release(_ count: Int) {
        let after = bytes.subtract(count, ordering: .relaxed).newValue
        precondition(after >= 0, "more bytes given back than taken")
    }
}
