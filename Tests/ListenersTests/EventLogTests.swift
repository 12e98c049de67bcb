import EventLog
import ListenerKit
import TestKit
import Testing

@Suite("The event log")
struct EventLogTests {
    @Test("Each event of any kind is one line, which is its JSON")
    func oneLineEach() async throws {
        let texts = (EventFactory.populated + EventFactory.bare).map(\.json)
        let events = try texts.map { try AnyEvent.decode(json: Array($0.utf8)) }
        let output = try await ListenerOutput.of(events) { EventLog(output: $0) }
        #expect(output == texts.map { $0 + "\n" }.joined())
    }

    @Test("Its name is what configurations use")
    func name() {
        #expect(EventLog().name == "event-log")
    }
}
