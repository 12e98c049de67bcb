/// A subscriber in this process: gets each event of one type, at least once.
///
///     import ListenerKit
///
///     /// Greets people on their first pull request.
///     public struct Welcome: Listener {
///         public let name = "welcome"
///         public init() {}
///         public func handle(_ event: PullRequestEvent, context: ListenerContext) async throws { … }
///     }
///
/// The event type in `handle` is the subscription. List the listener in `Listeners/Registry.swift` and name
/// it in the configuration.
///
/// - Be idempotent: an event can come again, after a crash for instance. `event.id` is the idempotency key.
/// - Throw to be tried again; throw `ListenerError.permanent` when trying again cannot help.
/// - Watch for cancellation: at the deadline the task is cancelled, and until `handle` returns it occupies
///   one
///   of this listener's slots.
/// - Start no unstructured tasks: they leave the worker pool and outlive the attempt.
public protocol Listener: Sendable {
    /// The type of event that the listener takes; `AnyEvent` for all of them.
    associatedtype Event: Events.Event

    /// The name in the configuration and the outbox: `[a-z0-9][a-z0-9_-]{0,62}`, never to be changed.
    var name: String { get }

    /// Handles one event. Returning is success; throwing is a failed attempt, to be repeated.
    func handle(_ event: Event, context: ListenerContext) async throws
}
