import NIOCore
import Synchronization

/// What one client uses at the moment.
final class AddressUsage: Sendable {
    /// How long nobody is looked for who makes room for a client, after nobody was found.
    static let vainPause = TimeAmount.milliseconds(50)

    /// Whose it is.
    let address: ClientAddress
    private let total = Atomic(0)
    private let vainUntil = Atomic<UInt64>(0)

    init(_ address: ClientAddress) {
        self.address = address
    }

    /// The bytes of its requests.
    var bytes: Int { total.load(ordering: .relaxed) }

    /// Adds bytes, or takes them back.
    func add(_ count: Int) { total.add(count, ordering: .relaxed) }

    /// Whether it is worth looking for who makes room for this client: looking costs time, and a stranger may
    /// have it done thousands of times a second.
    func maySeekRoom(at now: NIODeadline) -> Bool {
        now.uptimeNanoseconds >= vainUntil.load(ordering: .relaxed)
    }

    /// Nobody was found.
    func soughtInVain(at now: NIODeadline) {
        vainUntil.store((now + Self.vainPause).uptimeNanoseconds, ordering: .relaxed)
    }
}

/// The clients that use something at the moment, as many as have connections or requests.
final class AddressUsages: Sendable {
    private let entries = Mutex<[ClientAddress: Entry]>([:])

    private struct Entry {
        let usage: AddressUsage
        var users: Int
    }

    /// Whether nobody uses anything.
    var isEmpty: Bool { entries.withLock { $0.isEmpty } }

    /// The usage of a client, kept until it is given back as often as it was taken.
    func take(_ address: ClientAddress) -> AddressUsage {
        entries.withLock { entries in
            var entry = entries[address] ?? Entry(usage: AddressUsage(address), users: 0)
            entry.users += 1
            entries[address] = entry
            return entry.usage
        }
    }

    /// Gives back what was taken.
    func giveBack(_ usage: AddressUsage) {
        entries.withLock { entries in
            guard var entry = entries[usage.address] else { return }
            entry.users -= 1
            entries[usage.address] = entry.users > 0 ? entry : nil
        }
    }
}
