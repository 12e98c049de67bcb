package import Events
package import Outbox

/// What a command asks the daemon for; goes there as JSON, by `POST /v1/<name>`.
package protocol ControlMessage: Codable, Sendable {
    /// What the command answers.
    associatedtype Report: Codable & Sendable

    /// The command's name.
    static var name: String { get }
}

/// What a command asks of the outbox: the daemon does it, or the command itself when none runs.
package protocol ControlRequest: ControlMessage {
    /// Whether nothing is to be changed, but to be told what would be.
    var dryRun: Bool { get }

    /// Does it.
    ///
    /// - Returns: What was done.
    /// - Throws: `AdministrationError`; what was done before stays.
    func perform(on administration: OutboxAdministration) async throws(AdministrationError) -> Report
}

/// Dead letters are to be pending again.
package struct RedriveRequest: ControlRequest {
    package static let name = "redrive"

    /// The event; nil for all.
    package var event: Int64?
    /// The listener; nil for all.
    package var listener: String?
    package var dryRun: Bool

    /// What a redrive did, or would do.
    package struct Report: Codable, Hashable, Sendable {
        /// Dead letters that are pending again.
        package var redriven = 0
        /// Dead letters that their listener's filter does not take.
        package var filtered = 0
        /// Dead letters of listeners that the configuration does not name.
        package var unconfigured = 0
    }

    package init(event: Int64?, listener: String?, dryRun: Bool) {
        self.event = event
        self.listener = listener
        self.dryRun = dryRun
    }

    package func perform(
        on administration: OutboxAdministration
    ) async throws(AdministrationError) -> Report {
        try await administration.redrive(self)
    }
}

/// Pending and dead dispatches are to be given up.
package struct DiscardRequest: ControlRequest {
    package static let name = "discard"

    /// The event; nil for all.
    package var event: Int64?
    package var listener: String
    package var dryRun: Bool

    /// What a discard did, or would do.
    package struct Report: Codable, Hashable, Sendable {
        /// Dispatches that were given up.
        package var discarded: Int
        /// Dispatches that run, which nobody can take back.
        package var running: Int
    }

    package init(event: Int64?, listener: String, dryRun: Bool) {
        self.event = event
        self.listener = listener
        self.dryRun = dryRun
    }

    package func perform(
        on administration: OutboxAdministration
    ) async throws(AdministrationError) -> Report {
        try await administration.discard(self)
    }
}

/// Stored events are to be dispatched to a listener again.
package struct ReplayRequest: ControlRequest {
    package static let name = "replay"

    package var listener: String
    package var kind: String?
    package var repository: String?
    /// The earliest time of receipt.
    package var since: Timestamp?
    /// The time before which they were received.
    package var until: Timestamp?
    /// Whether their deliveries are mapped again first.
    package var retype: Bool
    package var dryRun: Bool

    /// What a replay did, or would do.
    package struct Report: Codable, Hashable, Sendable {
        /// Events that the listener gets for the first time.
        package var made: Int
        /// Finished dispatches that are pending again.
        package var again: Int
        /// Dispatches that were pending or running, and are left alone.
        package var open: Int
        /// Events that the listener's filter does not take.
        package var filtered: Int
        /// What became of the events' types; nil if they were not mapped again.
        package var retyping: RetypeReport?
    }

    /// What mapping again changed, or would change.
    package struct RetypeReport: Codable, Hashable, Sendable {
        /// Events that are different now.
        package var changed: Int
        /// Events that their deliveries did not give before.
        package var added: Int
        /// Events that their deliveries do not give any more; they stay.
        package var surplus: Int
        /// Deliveries that this version cannot map; their events stay.
        package var unreadable: Int
        /// The first changes of the type.
        package var changes: [RetypeChange]
    }

    package init(
        listener: String,
        kind: String?,
        repository: String?,
        since: Timestamp?,
        until: Timestamp?,
        retype: Bool,
        dryRun: Bool
    ) {
        self.listener = listener
        self.kind = kind
        self.repository = repository
        self.since = since
        self.until = until
        self.retype = retype
        self.dryRun = dryRun
    }

    package func perform(
        on administration: OutboxAdministration
    ) async throws(AdministrationError) -> Report {
        try await administration.replay(self)
    }
}

/// Nothing more is to be handed to a listener.
package struct PauseRequest: ControlRequest {
    package static let name = "pause"

    package var listener: String

    package var dryRun: Bool { false }

    /// How the listener is now.
    package struct Report: Codable, Hashable, Sendable {
        package var listener: String
        /// `active` or `paused`.
        package var state: String
    }

    package init(listener: String) {
        self.listener = listener
    }

    package func perform(
        on administration: OutboxAdministration
    ) async throws(AdministrationError) -> Report {
        try await administration.pause(self)
    }
}

/// A paused listener is to go on, whoever paused it.
package struct ResumeRequest: ControlRequest {
    package static let name = "resume"

    package typealias Report = PauseRequest.Report

    package var listener: String

    package var dryRun: Bool { false }

    package init(listener: String) {
        self.listener = listener
    }

    package func perform(
        on administration: OutboxAdministration
    ) async throws(AdministrationError) -> PauseRequest.Report {
        try await administration.resume(self)
    }
}

/// What is finished and past its age is to go.
package struct PruneRequest: ControlRequest {
    package static let name = "prune"

    /// What finished before this goes, dead letters too; nil for what the configuration says.
    package var olderThan: Timestamp?
    package var dryRun: Bool
    /// Whether to prune although the clock was set not long ago; nil from commands of earlier versions.
    package var force: Bool?

    /// What pruning did, or would do.
    package struct Report: Codable, Hashable, Sendable {
        /// Deliveries that went, with all that hung on them.
        package var deliveries: Int
        /// By how much the file became smaller.
        package var freedBytes: Int
    }

    package init(olderThan: Timestamp?, dryRun: Bool, force: Bool = false) {
        self.force = force
        self.olderThan = olderThan
        self.dryRun = dryRun
    }

    package func perform(
        on administration: OutboxAdministration
    ) async throws(AdministrationError) -> Report {
        try await administration.prune(self)
    }
}

/// A listener is to get the pending and dead dispatches of one that is gone.
package struct AdoptRequest: ControlRequest {
    package static let name = "adopt"

    /// The listener that is gone.
    package var from: String
    /// The listener that gets its dispatches.
    package var to: String
    package var dryRun: Bool

    /// What an adoption did, or would do.
    package struct Report: Codable, Hashable, Sendable {
        /// Dispatches that are the other listener's now.
        package var adopted: Int
        /// Dispatches that stay, as the other listener has one of the same event.
        package var left: Int
        /// Dispatches that run, and may be pending or dead when they have ended.
        package var running: Int
    }

    package init(from: String, to: String, dryRun: Bool) {
        self.from = from
        self.to = to
        self.dryRun = dryRun
    }

    package func perform(
        on administration: OutboxAdministration
    ) async throws(AdministrationError) -> Report {
        try await administration.adopt(self)
    }
}
