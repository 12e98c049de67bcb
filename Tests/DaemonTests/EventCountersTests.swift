import Events
import Metrics
import MetricsTestKit
import Telemetry
import TestKit
import Testing

@testable import Daemon

@Suite("Counting events")
struct EventCountersTests {
    @Test("Each event of a delivery counts by source, kind and action")
    func count() throws {
        let metrics = TestMetrics()
        let counters = EventCounters(factory: metrics)
        let events = [EventFactory.populated(.pullRequest), EventFactory.populated(.push)]
        counters.counting(EventFactory.delivery(source: "a", events: events))()
        counters.counting(EventFactory.delivery(source: "b", events: events + events))()
        #expect(try total(metrics, "a", "pull_request", "edited") == 1)
        #expect(try total(metrics, "a", "push", "pushed") == 1)
        #expect(try total(metrics, "b", "pull_request", "edited") == 2)
        #expect(try total(metrics, "b", "push", "pushed") == 2)
        #expect(metrics.counters(label: MetricName.events.name).count == 4)
    }

    @Test("Nothing counts before the delivery is committed")
    func notCommitted() throws {
        let metrics = TestMetrics()
        let counters = EventCounters(factory: metrics)
        let delivery = EventFactory.delivery(source: "a", events: [EventFactory.populated(.push)])
        let count = counters.counting(delivery)
        #expect(try total(metrics, "a", "push", "pushed") == 0)
        count()
        #expect(try total(metrics, "a", "push", "pushed") == 1)
    }

    @Test("An action that the model does not know, and none, count as `other`")
    func otherActions() throws {
        let metrics = TestMetrics()
        let counters = EventCounters(factory: metrics)
        for action in ["exploded", "OPENED", "other"] {
            let event = PullRequestEvent(
                envelope: EventFactory.envelope(.pullRequest),
                action: PullRequestAction(rawValue: action),
                pullRequest: PullRequest(number: 2)
            )
            counters.counting(EventFactory.delivery(events: [event]))()
        }
        for event in [EventFactory.populated(.unknown), EventFactory.bare(.unknown)] {
            counters.counting(EventFactory.delivery(events: [event]))()
        }
        #expect(try total(metrics, "github", "pull_request", "other") == 3)
        #expect(try total(metrics, "github", "unknown", "other") == 2)
        #expect(metrics.counters(label: MetricName.events.name).count == 2)
    }

    @Test("Every action of the model has a counter of its own", arguments: EventKind.allCases)
    func knownActions(kind: EventKind) throws {
        let metrics = TestMetrics()
        let counters = EventCounters(factory: metrics)
        let event = EventFactory.populated(kind)
        counters.counting(EventFactory.delivery(events: [event]))()
        let action = kind == .unknown ? "other" : try #require(event.actionName)
        #expect(try total(metrics, "github", kind.rawValue, action) == 1)
    }

    @Test("Each delivery counts once by what verified it, however many events it has")
    func verified() throws {
        let metrics = TestMetrics()
        let counters = EventCounters(factory: metrics)
        let events = [EventFactory.populated(.pullRequest), EventFactory.populated(.push)]
        var delivery = EventFactory.delivery(events: events)
        counters.counting(delivery)()
        counters.counting(delivery)()
        delivery.verifiedBy = "none"
        counters.counting(delivery)()
        let expected = ["hmac-sha256 env:FORGEWIRE_GITHUB_SECRET": 2, "none": 1] as [String: Int64]
        for (proof, count) in expected {
            let dimensions = [("source", "github"), ("verified_by", proof)]
            let counter = try metrics.expectCounter(MetricName.ingestVerified.name, dimensions)
            #expect(counter.totalValue == count)
        }
        #expect(metrics.counters(label: MetricName.ingestVerified.name).count == expected.count)
    }

    private func total(
        _ metrics: TestMetrics,
        _ source: String,
        _ kind: String,
        _ action: String
    ) throws -> Int64 {
        let dimensions = [("source", source), ("kind", kind), ("action", action)]
        return try metrics.expectCounter(MetricName.events.name, dimensions).totalValue
    }
}
