package import Events
package import ListenerKit

/// A listener that the configuration names, with how it is to be run.
package struct ListenerRegistration: Sendable {
    /// The name in the configuration and the outbox.
    package var name: String
    /// The kinds of event that it takes.
    package var kinds: [EventKind]
    /// What runs its attempts.
    package var runner: ListenerRunner
    /// How they are run.
    package var policy: ListenerPolicy
    /// Whether it is paused, as the outbox has it; a listener that the dispatcher runs already keeps its own.
    package var pause: ListenerPause?
    /// Until when its endpoint wanted no events, as the outbox has it; the same goes for it.
    package var heldUntil: Timestamp?

    package init(
        name: String,
        kinds: [EventKind],
        runner: ListenerRunner,
        policy: ListenerPolicy,
        pause: ListenerPause? = nil
    ) {
        self.name = name
        self.kinds = kinds
        self.runner = runner
        self.policy = policy
        self.pause = pause
    }
}

/// Where a listener's attempts run.
package enum ListenerRunner: Sendable {
    /// In this process, on the worker pool.
    case inProcess(AnyListener)
    /// Outside of it: a command or an HTTP endpoint.
    ///
    /// - Parameters:
    ///   - revision: Another one whenever the target's configuration is another, so that it is made anew.
    ///   - make: Makes what runs the attempts; called once for each queue, when it begins.
    case outside(revision: String, make: @Sendable () -> any AttemptRunner)

    /// The revision of what is outside; nil for a listener of this build, which never changes.
    var revision: String? {
        switch self {
        case .inProcess: nil
        case .outside(let revision, _): revision
        }
    }
}
