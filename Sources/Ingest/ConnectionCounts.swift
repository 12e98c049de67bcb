/// How many connections there are, in all and by client.
struct ConnectionCounts {
    private(set) var total = 0
    private var byClient: [ClientAddress: Int] = [:]

    /// Whether nothing is counted.
    var isEmpty: Bool { total == 0 && byClient.isEmpty }

    /// The most that one client has.
    var most: Int { byClient.values.max() ?? 0 }

    /// How many connections of a client there are.
    func count(of client: ClientAddress) -> Int { byClient[client, default: 0] }

    /// Counts a connection.
    mutating func add(_ client: ClientAddress) {
        byClient[client, default: 0] += 1
        total += 1
    }

    /// Takes back a connection that was counted.
    mutating func remove(_ client: ClientAddress) {
        total -= 1
        let count = count(of: client) - 1
        byClient[client] = count > 0 ? count : nil
    }
}
