import Events
import ListenerKit

/// A listener that does nothing; its event type is what matters.
struct IdleListener<Event: Events.Event>: Listener {
    let name: String

    init(_ name: String, of type: Event.Type = Event.self) { self.name = name }

    func handle(_ event: Event, context: ListenerContext) async throws {}
}

extension ListenerRegistry {
    /// Two listeners: `pushes` takes pushes, `everything` takes every event.
    static func stub() throws -> ListenerRegistry {
        try ListenerRegistry {
            IdleListener("pushes", of: PushEvent.self)
            IdleListener("everything", of: AnyEvent.self)
        }
    }
}
