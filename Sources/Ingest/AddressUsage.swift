import NIOCore
import Synchronization

/// What one client uses at the moment.
final class AddressUsage: Sendable {
    /// The bytes a second that one client may send of large bodies while memory is short.
    ///
    /// Reading what may have to go again costs time that others need; this is some per cent of a core.
    static let bytesPerSecondWhenShort = 16 << 20

    /// Whose it is.
    let address: ClientAddress
    private let total = Atomic(0)
    private let nextReadAt = Atomic<UInt64>(0)

    init(_ address: ClientAddress) {
        self.address = address
    }

    /// The bytes of its requests.
    var bytes: Int { total.load(ordering: .relaxed) }

    /// Adds bytes, or takes them back.
    func add(_ count: Int) { total.add(count, ordering: .relaxed) }

    /// Takes the client's next turn to read.
    ///
    /// - Parameters:
    ///   - count: How many bytes will be read at most.
    ///   - now: The time.
    /// - Returns: How long to wait for it.
    func takeReadTurn(of count: Int, at now: NIODeadline) -> TimeAmount {
        let length = UInt64(count) * 1_000_000_000 / UInt64(Self.bytesPerSecondWhenShort)
        var next = nextReadAt.load(ordering: .relaxed)
        while true {
            let start = max(next, now.uptimeNanoseconds)
            let (exchanged, original) = nextReadAt.compareExchange(
                expected: next,
                desired: start + length,
                ordering: .relaxed
            )
            if exchanged { return .nanoseconds(Int64(start - now.uptimeNanoseconds)) }
            next = original
        }
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
