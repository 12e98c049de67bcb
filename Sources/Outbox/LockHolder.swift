private import Foundation

/// What a process does that holds an outbox; the raw value is what its lock says.
package enum OutboxRole: String, Sendable {
    /// Works for an operator, and ends then.
    case command
    /// A daemon that does not take commands yet.
    case starting
    /// A daemon that takes deliveries and commands.
    case ready
    /// A daemon that finishes what it has begun.
    case stopping
}

/// Who holds an outbox, as far as its lock tells; nothing depends on it but what is said and waited for.
package struct LockHolder: CustomStringConvertible, Sendable {
    /// Its number.
    let processID: Int32
    /// What it does; nil if that is not known, as for one of an earlier version.
    let role: OutboxRole?

    init(processID: Int32, role: OutboxRole?) {
        self.processID = processID
        self.role = role
    }

    /// Who holds an outbox, or did so last; nil if nobody is known.
    package init?(ofOutbox path: String) {
        // For a message only; closing this file gives up no lock.
        guard let text = try? String(contentsOfFile: path + OutboxLock.suffix, encoding: .utf8) else {
            return nil
        }
        self.init(text)
    }

    /// Reads what a lock says: the number of the process, and what it does.
    init?(_ text: String) {
        let lines = text.split(separator: "\n")
        guard let processID = lines.first.flatMap({ Int32($0) }), processID > 0 else { return nil }
        self.init(
            processID: processID,
            role: lines.dropFirst().first.flatMap { OutboxRole(rawValue: "\($0)") }
        )
    }

    /// What a lock says.
    var text: String { "\(processID)\n\(role.map { "\($0.rawValue)\n" } ?? "")" }

    /// Whether it gives the outbox up soon, or takes commands then: not so a daemon that is ready.
    var isPassing: Bool {
        switch role {
        case .command, .starting, .stopping: true
        case .ready, nil: false
        }
    }

    /// Whether there is no such process any more.
    var isGone: Bool { kill(processID, 0) != 0 && errno == ESRCH }

    /// The process, and what it does.
    package var description: String {
        switch role {
        case .command: "process \(processID), a command at work"
        case .starting: "process \(processID), a daemon that starts"
        case .ready: "process \(processID), a daemon"
        case .stopping: "process \(processID), a daemon that stops"
        case nil: "process \(processID)"
        }
    }
}
