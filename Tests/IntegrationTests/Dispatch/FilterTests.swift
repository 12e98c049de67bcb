import GRDB
import TestKit
import Testing

@Suite("Which events a listener gets", .timeLimit(.minutes(10)))
struct FilterTests {
    @Test("What a filter leaves out makes no dispatch, and is stored all the same")
    func filters() async throws {
        let folder = try TemporaryFolder()
        let filters = [
            "all": "{}",
            "kind": "on: [pull_request]", "other-kind": "on: [push]",
            "action": "on: [pull_request.opened]", "other-action": "on: [pull_request.closed]",
            "repository": #"repositories: ["acme/*"]"#, "other-repository": #"repositories: ["other/*"]"#,
            "field": "where: { actor.isBot: false, pullRequest.base.ref: { glob: \"ma?n\" } }",
            "other-field": "where: { actor.username: [ada, grace] }",
            "share": "percent: 100", "no-share": "percent: 0",
            "off": "enabled: false",
        ]
        let listeners = try filters.sorted { $0.key < $1.key }.map { name, filter in
            let command = filter == "{}" ? try folder.command("exit 0") : try folder.command("exit 0", filter)
            return "\(name): \(command)"
        }
        try folder.configure(listeners.joined(separator: ", "))
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        let taken = ["action", "all", "field", "kind", "repository", "share"]
        for name in taken { try await daemon.delivered(1, by: name) }
        try await daemon.stop()
        let rows = try folder.query("SELECT listener, state FROM dispatches ORDER BY listener")
        #expect(rows.map { $0[0] as String } == taken)
        #expect(rows.allSatisfy { $0[1] as String == "delivered" })
        #expect(try folder.query("SELECT id FROM events").map { $0[0] as Int64 } == [event])
    }

    @Test("Without a dispatch an event is stored and nothing else")
    func noShare() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: { percent: 0 }")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...3 { _ = try await daemon.deliver(number) }
        try await daemon.stop()
        #expect(try folder.count("SELECT count(*) FROM events") == 3)
        #expect(try folder.count("SELECT count(*) FROM dispatches") == 0)
        #expect(daemon.output.lines.isEmpty)
    }
}
