/// How many connections there are, in all and per address.
struct ConnectionCounts {
    private(set) var total = 0
    private var byAddress: [String: Int] = [:]
    private let totalMax: Int
    private let addressMax: Int

    init(limits: IngestLimits) {
        totalMax = limits.connections
        addressMax = limits.connectionsPerAddress
    }

    /// Whether nothing is counted.
    var isEmpty: Bool { total == 0 && byAddress.isEmpty }

    /// Counts a connection, unless there are too many; one without an address counts in all only.
    mutating func add(address: String?) -> Bool {
        guard total < totalMax else { return false }
        if let address {
            let count = byAddress[address, default: 0]
            guard count < addressMax else { return false }
            byAddress[address] = count + 1
        }
        total += 1
        return true
    }

    /// Takes back a connection that was counted.
    mutating func remove(address: String?) {
        total -= 1
        guard let address, let count = byAddress[address] else { return }
        byAddress[address] = count > 1 ? count - 1 : nil
    }
}
