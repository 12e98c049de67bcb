import Synchronization

/// How many bytes of requests the process holds in all, and how many it may.
///
/// Looking and taking are one step, so that two at the same time cannot both take the last room.
final class InFlightBudget: Sendable {
    /// The part that is kept for bodies which are announced to be small: one of so many.
    static let smallBodyShare = 8

    let bytesMax: Int
    private let held = Atomic(0)
    private let highest = Atomic(0)
    private let relief = Mutex(Relief())

    /// A function within a structure: alone in a generic type, it would be wrapped anew each time that it is
    /// looked at, and every call would be longer than the one before.
    private struct Relief: Sendable {
        var relieve: @Sendable (ConnectionAccount, Int) -> Void = { _, _ in }
    }

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// How many bytes are held now.
    var bytesHeld: Int { held.load(ordering: .relaxed) }

    /// The most that was held since the last call.
    func takeHighest() -> Int { highest.exchange(bytesHeld, ordering: .relaxed) }

    /// Sets who is asked to make room: they evict connections and tell what became free by `subtract`.
    func onShortage(_ relieve: @escaping @Sendable (ConnectionAccount, Int) -> Void) {
        relief.withLock { $0.relieve = relieve }
    }

    /// Adds bytes, if they fit.
    ///
    /// Who is alone may use everything, and what is made of a small body that was taken may be more than
    /// that: else a delivery might never get through. For a large one, see `RequestProcessor`.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - use: What for.
    ///   - ownBytes: What the connection that needs them holds already.
    /// - Returns: Whether they fitted, and are counted now.
    func add(_ count: Int, for use: ConnectionAccount.Use, ownBytes: Int) -> Bool {
        var before = bytesHeld
        while true {
            let isAlone = before <= ownBytes
            let limit =
                switch use {
                case .smallDerived where isAlone: Int.max
                case .smallBody, .smallDerived: bytesMax
                case .body, .held, .derived: isAlone ? bytesMax : bytesMax - bytesMax / Self.smallBodyShare
                }
            guard count <= limit - before else { return false }
            let (isExchanged, original) = held.compareExchange(
                expected: before,
                desired: before + count,
                ordering: .relaxed
            )
            if isExchanged {
                highest.max(before + count, ordering: .relaxed)
                return true
            }
            before = original
        }
    }

    /// Whether so much is held that strangers' large bodies are read slowly.
    var isShort: Bool { bytesHeld >= bytesMax / 2 }

    /// Has those evicted who have to go, if there is anybody to evict.
    func makeRoom(for account: ConnectionAccount, _ count: Int) {
        let relief = relief.withLock { $0 }
        relief.relieve(account, count)
    }

    /// Takes back bytes that were added.
    func subtract(_ count: Int) {
        guard count != 0 else { return }
        let after = held.subtract(count, ordering: .relaxed).newValue
        precondition(after >= 0, "more bytes given back than taken")
    }
}
