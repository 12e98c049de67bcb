import MetricsTestKit
import Testing

@testable import Ingest

@Suite("Sources and memory")
struct SourceTableTests {
    @Test("Sources are replaced whole, and a name that stays keeps its metrics")
    func replace() throws {
        let metrics = TestMetrics()
        let table = SourceTable([StubAdmitter(name: "a"), StubAdmitter(name: "b")], metricsFactory: metrics)
        #expect(table.entry(named: "a")?.admitter.name == "a")
        let made = metrics.counters.count
        table.replace(with: [StubAdmitter(name: "a"), StubAdmitter(name: "c")])
        #expect(table.entry(named: "b") == nil)
        #expect(table.entry(named: "c") != nil)
        #expect(metrics.counters.count == made + Outcome.allCases.count)
    }

    @Test("A source that is added is found by a connection that was open before")
    func reload() throws {
        let context = IngestContext.stub(sink: StubSink())
        let connection = try EmbeddedConnection(context: context)
        try connection.send(TestRequest.post("1", path: "/webhooks/late"))
        #expect(try connection.answer()?.status == 404)
        let other = try EmbeddedConnection(context: context)
        context.sources.replace(with: [StubAdmitter(name: "late")])
        try other.send(TestRequest.post("1", path: "/webhooks/late"))
        #expect(try other.answer()?.status == 202)
    }

    @Test("Too much in flight is answered 503 and the connection ends")
    func exhausted() throws {
        let sink = StubSink(isImmediate: false)
        let context = IngestContext.stub(sink: sink)
        let settings = IngestSettings.small { $0.limits.inFlightBytes = 10 }
        let connection = try EmbeddedConnection(settings: settings, context: context)
        try connection.send(TestRequest.post("0123456789"))
        // The body, and the copy of it to be stored: what one delivery needs is given to who is alone.
        #expect(connection.shared.budget.bytesHeld == 20)
        #expect(!ConnectionAccount(budget: connection.shared.budget).reserve(1, for: .smallBody))
        sink.commit()
        #expect(try connection.answer()?.status == 202)
        try connection.send(TestRequest.post("0123456789a"))
        let refusal = try #require(try connection.answer())
        #expect(refusal.status == 503)
        #expect(refusal.closes)
        #expect(connection.shared.budget.bytesHeld == 0)
    }
}
