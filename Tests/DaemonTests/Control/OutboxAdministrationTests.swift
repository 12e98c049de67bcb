import Events
import Outbox
import Settings
import TestKit
import Testing

@testable import Daemon

@Suite("What operators can have done")
struct OutboxAdministrationTests {
    private func redriving(
        _ event: Int64? = nil,
        _ listener: String? = nil,
        dryRun: Bool = false
    ) -> RedriveRequest {
        RedriveRequest(event: event, listener: listener, dryRun: dryRun)
    }

    private func replaying(_ listener: String, retype: Bool = false, dryRun: Bool = false) -> ReplayRequest {
        ReplayRequest(
            listener: listener,
            kind: nil,
            repository: nil,
            since: nil,
            until: nil,
            retype: retype,
            dryRun: dryRun
        )
    }

    @Test("A listener that neither the configuration names nor the outbox knows is an error")
    func unknownListener() async throws {
        try await AdministrationBench.use { bench in
            #expect(await bench.refusal(of: redriving(nil, "nobody")) == .unknownListener)
            let discard = DiscardRequest(event: nil, listener: "nobody", dryRun: false)
            #expect(await bench.refusal(of: discard) == .unknownListener)
            #expect(await bench.refusal(of: replaying("nobody")) == .unknownListener)
            #expect(await bench.refusal(of: PauseRequest(listener: "nobody")) == .unknownListener)
            #expect(await bench.refusal(of: ResumeRequest(listener: "nobody")) == .unknownListener)
            let from = AdoptRequest(from: "nobody", to: "all", dryRun: false)
            #expect(await bench.refusal(of: from) == .unknownListener)
        }
    }

    @Test("An event that is not there is an error, one without a dead letter is not")
    func unknownEvent() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("d", to: ["all"])
            #expect(await bench.refusal(of: redriving(2)) == .unknownEvent)
            let discard = DiscardRequest(event: 2, listener: "all", dryRun: false)
            #expect(await bench.refusal(of: discard) == .unknownEvent)
            #expect(try await bench.administration.redrive(redriving(1)).redriven == 0)
        }
    }

    @Test("Dead letters of a listener that is gone stay dead, and are counted")
    func gone() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("d", to: ["all", "gone"])
            try await bench.runAll("all")
            try await bench.runAll("gone")
            #expect(await bench.refusal(of: redriving(nil, "gone")) == .wrongListener)
            let report = try await bench.administration.redrive(redriving())
            #expect(report == RedriveRequest.Report(redriven: 1, filtered: 0, unconfigured: 1))
            #expect(try bench.states(ofEvent: 1) == ["all": "pending", "gone": "dead"])
            #expect(bench.toldDispatcher == ["committed all"])
        }
    }

    @Test("A redrive asks the filter, but for percent")
    func filter() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("push", to: ["pushes"])
            try await bench.accept("other", to: ["pushes"], events: [EventFactory.populated(.comment)])
            try await bench.runAll("pushes")
            let dry = try await bench.administration.redrive(redriving(nil, "pushes", dryRun: true))
            #expect(dry == RedriveRequest.Report(redriven: 1, filtered: 1, unconfigured: 0))
            #expect(bench.toldDispatcher.isEmpty)
            #expect(try await bench.administration.redrive(redriving(nil, "pushes")) == dry)
            #expect(try bench.states(ofEvent: 1) == ["pushes": "pending"])
            #expect(try bench.states(ofEvent: 2) == ["pushes": "dead"])
        }
    }

    @Test("Discarding works for a listener that is gone")
    func discardOfGone() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("d", to: ["gone"])
            let request = DiscardRequest(event: nil, listener: "gone", dryRun: false)
            let report = try await bench.administration.discard(request)
            #expect(report == DiscardRequest.Report(discarded: 1, running: 0))
            #expect(bench.toldDispatcher == ["committed gone"])
        }
    }

    @Test("A replay needs a listener that is enabled, and makes lanes in its ordering before its first start")
    func replay() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("a", to: [], events: [EventFactory.populated(.push)])
            try await bench.accept("b", to: [], events: [EventFactory.populated(.comment)])
            #expect(await bench.refusal(of: replaying("everything")) == .wrongListener)
            #expect(try await bench.administration.replay(replaying("all", dryRun: true)).made == 2)
            #expect(try bench.states(ofEvent: 1).isEmpty)
            #expect(try await bench.administration.replay(replaying("all")).made == 2)
            // Both are of one repository, so only one may run.
            #expect(try await bench.claim("all", limit: 10).map(\.event) == [1])
            #expect(bench.toldDispatcher == ["committed all"])
        }
    }

    @Test("A pause is kept before the first start, and told; resuming ends it")
    func pause() async throws {
        try await AdministrationBench.use { bench in
            let paused = try await bench.administration.pause(PauseRequest(listener: "all"))
            #expect(paused.state == "paused")
            let pause = try #require(try bench.listener("all")?.pause)
            #expect(pause.origin == .operator && pause.since == AdministrationBench.now)
            let resumed = try await bench.administration.resume(ResumeRequest(listener: "all"))
            #expect(resumed.state == "active")
            #expect(try bench.listener("all")?.state == "active")
            #expect(bench.toldDispatcher == ["paused all operator", "resumed all"])
        }
    }

    @Test("Only a listener that is gone or not enabled can be adopted, only by one that is enabled")
    func adopt() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("d", to: ["gone", "everything"])
            #expect(
                await bench.refusal(of: AdoptRequest(from: "all", to: "pushes", dryRun: false))
                    == .wrongListener
            )
            #expect(
                await bench.refusal(of: AdoptRequest(from: "gone", to: "everything", dryRun: false))
                    == .wrongListener
            )
            let request = AdoptRequest(from: "gone", to: "all", dryRun: false)
            #expect(try await bench.administration.adopt(request) == .init(adopted: 1, left: 0, running: 0))
            let second = AdoptRequest(from: "everything", to: "all", dryRun: false)
            #expect(try await bench.administration.adopt(second) == .init(adopted: 0, left: 1, running: 0))
            #expect(try bench.states(ofEvent: 1) == ["all": "pending", "everything": "pending"])
            #expect(bench.toldDispatcher == ["committed all", "committed all"])
        }
    }

    @Test("Adopting tells what still runs for a listener that has just gone")
    func adoptRunning() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("d", to: ["gone"])
            _ = try await bench.claim("gone", limit: 1)
            let request = AdoptRequest(from: "gone", to: "all", dryRun: false)
            let report = try await bench.administration.adopt(request)
            #expect(report == .init(adopted: 0, left: 0, running: 1))
            #expect(try bench.states(ofEvent: 1) == ["gone": "running"])
        }
    }

    @Test("Pruning goes by retention, or by the age that is asked for")
    func prune() async throws {
        try await AdministrationBench.use { bench in
            try await bench.accept("delivered", to: ["all"])
            try await bench.runAll("all", .delivered)
            try await bench.accept("dead", to: ["all"])
            try await bench.runAll("all")
            let dry = try await bench.administration.prune(PruneRequest(olderThan: nil, dryRun: true))
            #expect(dry.deliveries == 1)
            #expect(try await bench.administration.applyRetention().deliveries == 1)
            let now = AdministrationBench.now
            let all = try await bench.administration.prune(PruneRequest(olderThan: now, dryRun: false))
            #expect(all.deliveries == 1)
        }
    }

    @Test("Nothing is begun once the daemon stops")
    func stopping() async throws {
        try await AdministrationBench.use { bench in
            bench.administration.stop()
            #expect(await bench.refusal(of: redriving()) == .stopping)
            #expect(await bench.refusal(of: PauseRequest(listener: "all")) == .stopping)
            #expect(await bench.refusal(of: PruneRequest(olderThan: nil, dryRun: false)) == .stopping)
        }
    }

    @Test("A directory follows the configuration that is read again")
    func directory() throws {
        let listeners = "listeners: {all: {command: [/bin/true]}, pushes: {enabled: false}}"
        let file = try ConfigurationFile("sources:\n\(ConfigurationFile.source)\n" + listeners)
        let directory = ListenerDirectory(try file.load().plan)
        #expect(directory.entry("all")?.isEnabled == true)
        #expect(directory.entry("pushes")?.isEnabled == false)
        #expect(directory.entry("everything") == nil)
        try file.write("sources:\n\(ConfigurationFile.source)\nlisteners: {everything: {ordering: none}}")
        directory.replace(with: try file.load().plan)
        #expect(directory.entry("all") == nil)
        #expect(directory.entry("everything")?.record.ordering == LaneOrdering.none)
    }
}
