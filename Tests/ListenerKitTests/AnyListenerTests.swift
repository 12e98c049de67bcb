import ListenerKit
import Logging
import Synchronization
import TestKit
import Testing
import Tracing

@Suite("Handing events to listeners")
struct AnyListenerTests {
    @Test("A listener gets the typed event, and a context made from its envelope")
    func typedEvent() async throws {
        let seen = Mutex<[String]>([])
        let listener = AnyListener(
            Closure { event, context in
                let payload = try await context.payload()
                seen.withLock {
                    $0 = [
                        event.push.first.ref ?? "", "\(context.eventId)", "\(context.attempt)",
                        context.repository?.fullName ?? "", context.actor?.username ?? "",
                        String(decoding: payload, as: UTF8.self),
                    ]
                }
            }
        )
        try await listener.handle(json: json(.push)) { context($0) }
        #expect(seen.withLock { $0 } == ["refs/heads/main", "15", "3", "acme/app", "octocat", "the body"])
    }

    @Test("An event that somebody has already is not decoded")
    func typedAlready() async throws {
        let seen = Mutex<[String]>([])
        let event = EventFactory.populated(.push).stored(as: 15)
        let typed = AnyListener(Closure { event, _ in seen.withLock { $0.append(event.source) } })
        try await typed.handle(json: [], typedEvent: event) { context($0) }
        let any = AnyListener(
            Everything { event in seen.withLock { $0.append("\(event.id) \(event.json)") } }
        )
        try await any.handle(json: Array("the text".utf8), typedEvent: event) { context($0) }
        #expect(seen.withLock { $0 } == ["github", "15 the text"])
    }

    @Test("A typed event of another type never reaches the listener")
    func typedOtherwise() async {
        let listener = AnyListener(Closure { _, _ in Issue.record("called with an event of another type") })
        await #expect(throws: DecodingError.self) {
            try await listener.handle(json: json(.comment), typedEvent: EventFactory.populated(.comment)) {
                context($0)
            }
        }
    }

    @Test("What a listener throws comes out as it is")
    func thrownError() async {
        let listener = AnyListener(Closure { _, _ in throw ListenerError.permanent("no such channel") })
        await #expect(throws: ListenerError.permanent("no such channel")) {
            try await listener.handle(json: json(.push)) { context($0) }
        }
    }

    @Test("An event of another type never reaches the listener")
    func otherType() async {
        let listener = AnyListener(Closure { _, _ in Issue.record("called with an event of another type") })
        await #expect(throws: DecodingError.self) {
            try await listener.handle(json: json(.comment)) { context($0) }
        }
    }

    @Test("An error's text is its reason")
    func errorText() {
        #expect("\(ListenerError.permanent("gone"))" == "gone")
        #expect("\(ListenerError.retry(after: .seconds(3), reason: "busy"))" == "busy")
    }

    private func json(_ kind: EventKind) -> [UInt8] { Array(EventFactory.populated(kind).json.utf8) }

    private func context(_ envelope: EventEnvelope) -> ListenerContext {
        ListenerContext(
            eventId: 15,
            attempt: 3,
            deadline: EventFactory.receivedAt,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            span: NoOpTracer.NoOpSpan(context: .topLevel),
            repository: envelope.repository,
            actor: envelope.actor,
            payload: { Array("the body".utf8) }
        )
    }
}

private struct Closure: Listener {
    let name = "closure"
    let body: @Sendable (PushEvent, ListenerContext) async throws -> Void

    func handle(_ event: PushEvent, context: ListenerContext) async throws { try await body(event, context) }
}

private struct Everything: Listener {
    let name = "everything"
    let body: @Sendable (AnyEvent) -> Void

    func handle(_ event: AnyEvent, context: ListenerContext) async throws { body(event) }
}
