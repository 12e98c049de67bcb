import NIOCore
import Synchronization

/// What one client uses at the moment.
final class AddressUsage: Sendable {
    /// Whose it is.
    let address: ClientAddress
    /// How fast its large bodies are read while memory is short, and at any time what is thrown away.
    let pace = ReadPace()
    private let total = Atomic(0)

    init(_ address: ClientAddress) {
        self.address = address
    }

    /// The bytes of its requests.
    var bytes: Int { total.load(ordering: .relaxed) }

    /// Adds bytes, or takes them back.
    func add(_ count: Int) { total.add(count, ordering: .relaxed) }
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
