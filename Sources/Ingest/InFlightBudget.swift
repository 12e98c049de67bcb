import NIOCore
import Synchronization

/// How many bytes of requests the process holds in all, and how many it may.
///
/// What an account reserves is added here first and then looked at, so that two at the same time cannot both
/// take the last room.
final class InFlightBudget: Sendable {
    /// The part that is kept for bodies which are announced to be small: one of so many.
    static let smallBodyShare = 8

    /// Whoever makes room frees one of so many of all bytes at least, so that not every request looks for
    /// somebody.
    static let roomShare = 64

    /// The bytes a second that are read of all clients together where reading takes turns.
    private static let bytesPerSecond = 64 << 20

    let bytesMax: Int
    private let held = Atomic(0)
    private let highest = Atomic(0)
    private let turns = ReadTurns(bytesPerSecond: bytesPerSecond)
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

    /// Whether what was just added fits.
    ///
    /// Who is alone may use everything, and what is made of a body that was taken may be more than that: else
    /// a delivery might never get through.
    ///
    /// - Parameters:
    ///   - count: What was added.
    ///   - use: What for.
    ///   - othersBytes: What all others hold.
    /// - Returns: Whether it may stay.
    func fits(_ count: Int, for use: ConnectionAccount.Use, othersBytes: Int) -> Bool {
        let isAlone = othersBytes <= 0
        let limit =
            switch use {
            case .derived where isAlone, .smallDerived where isAlone: Int.max
            case .smallBody, .smallDerived: bytesMax
            case .body, .held, .derived: isAlone ? bytesMax : bytesMax - bytesMax / Self.smallBodyShare
            }
        return bytesHeld <= limit
    }

    /// Whether so much is held that strangers' large bodies are read slowly.
    var isShort: Bool { bytesHeld >= bytesMax / 2 }

    /// Takes the next turn of all to read; returns how long to wait for it.
    func takeReadTurn(of count: Int, at now: NIODeadline) -> TimeAmount { turns.take(count, at: now) }

    /// Has those evicted who have to go, if there is anybody to evict.
    func makeRoom(for account: ConnectionAccount, _ count: Int) {
        let relief = relief.withLock { $0 }
        relief.relieve(account, max(count, bytesMax / Self.roomShare))
    }

    /// Adds bytes; returns what is held then.
    func add(_ count: Int) -> Int {
        let after = held.add(count, ordering: .relaxed).newValue
        highest.max(after, ordering: .relaxed)
        return after
    }

    /// Takes back bytes that were added.
    func subtract(_ count: Int) {
        guard count != 0 else { return }
        let after = held.subtract(count, ordering: .relaxed).newValue
        precondition(after >= 0, "more bytes given back than taken")
    }
}
