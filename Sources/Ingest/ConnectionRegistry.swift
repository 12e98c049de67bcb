import NIOCore
import Synchronization

/// The open connections: counts them against the limits, and ends them when the server stops.
final class ConnectionRegistry: Sendable {
    /// How many connections beyond the limits may linger until the client has read its refusal; others are
    /// cut.
    static let refusedMax = 256

    private let state: Mutex<State>

    private struct State {
        var counts: ConnectionCounts
        var channels: [ObjectIdentifier: any Channel] = [:]
        var refused: [ObjectIdentifier: any Channel] = [:]
        var isStopping = false
        var waiters: [CheckedContinuation<Void, Never>] = []

        var isDrained: Bool { channels.isEmpty && refused.isEmpty }
    }

    /// What becomes of a new connection.
    enum Verdict: Hashable {
        /// It is served, and counted until `remove`.
        case served
        /// It is told that there is no room, and kept until `removeRefused`.
        case refused
        /// It is closed without a word.
        case cut
    }

    init(limits: IngestLimits) {
        state = Mutex(State(counts: ConnectionCounts(limits: limits)))
    }

    /// How many connections are served.
    var count: Int { state.withLock { $0.counts.total } }

    /// Whether nothing is left of any connection.
    var isEmpty: Bool { state.withLock { $0.counts.isEmpty && $0.isDrained } }

    /// Takes in a new connection.
    func add(_ channel: any Channel, address: String?) -> Verdict {
        state.withLock { state in
            let id = ObjectIdentifier(channel)
            if !state.isStopping, state.counts.add(address: address) {
                state.channels[id] = channel
                return .served
            }
            guard state.refused.count < Self.refusedMax else { return .cut }
            state.refused[id] = channel
            return .refused
        }
    }

    /// Lets go of a connection that was served.
    func remove(_ channel: any Channel, address: String?) {
        change { state in
            guard state.channels.removeValue(forKey: ObjectIdentifier(channel)) != nil else { return }
            state.counts.remove(address: address)
        }
    }

    /// Lets go of a connection that was refused.
    func removeRefused(_ channel: any Channel) {
        change { $0.refused[ObjectIdentifier(channel)] = nil }
    }

    /// Serves no further connection; gives those that are served.
    func stop() -> [any Channel] {
        state.withLock { state in
            state.isStopping = true
            return Array(state.channels.values)
        }
    }

    /// Closes everything that is left.
    func cut() {
        let channels = state.withLock { Array($0.channels.values) + Array($0.refused.values) }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Returns once no connection is left.
    func drained() async {
        await withCheckedContinuation { continuation in
            let isDrained = state.withLock { state in
                if !state.isDrained { state.waiters.append(continuation) }
                return state.isDrained
            }
            if isDrained { continuation.resume() }
        }
    }

    /// Changes the state, and wakes who waits for its end; outside the lock, because they may run at once.
    private func change(_ body: (inout State) -> Void) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            body(&state)
            guard state.isDrained else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
