import Glibc
import Synchronization

/// The process group of one attempt, for signals that can hit nobody else.
///
/// A group's number is its leader's process id. The system gives that id to nobody else before the leader
/// is reaped, so signals are sent between `begin` and `end` alone, under a lock, and the leader is reaped
/// after `end`.
final class ProcessGroup: Sendable {
    private let state = Mutex(State.starting(isKilled: false))

    private enum State {
        case starting(isKilled: Bool)
        case running(leader: Int32, hasLeaderExited: Bool)
        case ended
    }

    /// Whether the leader has exited; others may be left.
    var hasLeaderExited: Bool {
        state.withLock { state in
            switch state {
            case .starting: false
            case .running(_, let hasLeaderExited): hasLeaderExited
            case .ended: true
            }
        }
    }

    /// Whether nobody of the group is alive any more.
    var isGone: Bool {
        let leader = state.withLock { state -> Int32? in
            if case .running(let leader, true) = state { leader } else { nil }
        }
        // The leader is a zombie now, which keeps the number for the group.
        return leader.map { !ProcessTable.isAlive(group: $0) } ?? hasLeaderExited
    }

    /// The leader runs; it is killed at once if that was asked for while it was being started.
    func begin(leader: Int32) {
        state.withLock { state in
            if case .starting(isKilled: true) = state { _ = Glibc.kill(-leader, SIGKILL) }
            state = .running(leader: leader, hasLeaderExited: false)
        }
    }

    /// Ends all processes of the group, now or as soon as it has begun.
    func kill() {
        state.withLock { state in
            if case .starting = state { state = .starting(isKilled: true) }
            Self.send(SIGKILL, state)
        }
    }

    /// Asks all processes of the group to end.
    func terminate() {
        state.withLock { Self.send(SIGTERM, $0) }
    }

    /// The leader has exited and is not yet reaped.
    func leaderExited() {
        state.withLock { state in
            if case .running(let leader, _) = state {
                state = .running(leader: leader, hasLeaderExited: true)
            }
        }
    }

    /// From now on no signal is sent: the leader is about to be reaped.
    func end() {
        state.withLock { $0 = .ended }
    }

    private static func send(_ signal: Int32, _ state: State) {
        // A failure means that nobody is left, or nobody who takes signals from this user.
        if case .running(let leader, _) = state { _ = Glibc.kill(-leader, signal) }
    }
}

/// The groups of one listener that run now, for an end that cannot wait.
final class ProcessGroups: Sendable {
    private let groups = Mutex<[ObjectIdentifier: ProcessGroup]>([:])

    func insert(_ group: ProcessGroup) {
        groups.withLock { $0[ObjectIdentifier(group)] = group }
    }

    func remove(_ group: ProcessGroup) {
        groups.withLock { $0[ObjectIdentifier(group)] = nil }
    }

    /// Ends all processes of all groups.
    func kill() {
        for group in groups.withLock({ Array($0.values) }) { group.kill() }
    }
}
