import Foundation
import GRDB
import TestKit
import Testing

@Suite("What listeners outside the process get", .timeLimit(.minutes(10)))
struct OutsideTests {
    @Test("A command gets the event and the payload on stdin, its own variables, and none of the daemon's")
    func command() async throws {
        let folder = try TemporaryFolder()
        let keys = #"environment: { GREETING: "good day", TOKEN: "env:COMMAND_TOKEN" }, payload: true"#
        let script = try folder.command("cat > event.json; env | sort > environment", keys)
        try folder.configure("script: \(script)")
        let daemon = try await DaemonProcess(in: folder, environment: ["COMMAND_TOKEN": "for-the-command"])
        let body = PullRequestBody(number: 7).bytes
        #expect(try await daemon.post(body, deliveryID: "the-delivery").status == 202)
        try await daemon.delivered(1, by: "script")
        try await daemon.stop()
        let json = try Data(contentsOf: URL(fileURLWithPath: folder.path("event.json")))
        let event = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(event["id"] as? Int == 1)
        #expect(event["subject"] as? String == "pull_request/7")
        #expect(event["payload"] as? String == String(decoding: body, as: UTF8.self))
        let environment = try folder.lines(of: "environment")
        let given = [
            "FORGEWIRE_ACTION=opened", "FORGEWIRE_ATTEMPT=1", "FORGEWIRE_DELIVERY_ID=the-delivery",
            "FORGEWIRE_EVENT_ID=1", "FORGEWIRE_KIND=pull_request", "FORGEWIRE_REPOSITORY=acme/app",
            "GREETING=good day", "TOKEN=for-the-command",
        ]
        #expect(environment.filter { !$0.hasPrefix("PATH=") && !$0.hasPrefix("PWD=") } == given)
        #expect(!environment.joined().contains(DaemonProcess.secret))
    }

    @Test("An endpoint at an internal address gets nothing unless the configuration allows the address")
    func internalAddress() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint()
        let guarded = endpoint.listener("retry: { maxAttempts: 1 }")
            .replacing(#"allowAddresses: ["127.0.0.1"], "#, with: "")
        try folder.configure("hook: \(guarded)")
        let daemon = try await DaemonProcess(in: folder)
        let event = try await daemon.deliver(1)
        try await daemon.died()
        try await daemon.stop()
        #expect(endpoint.requests.isEmpty)
        #expect(try folder.dispatch(event, "hook").outcomes == ["failed"])
        let error = try #require(try folder.query("SELECT error FROM dispatches").first)[0] as String?
        #expect(error?.contains("127.0.0.1 is internal") == true)
    }

    @Test("A listener that may begin so many attempts in a time begins no more")
    func rateLimit() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint()
        try folder.configure("hook: \(endpoint.listener("rateLimit: 2/h"))", "event-log: {}")
        let daemon = try await DaemonProcess(in: folder)
        for number in 1...5 { _ = try await daemon.deliver(number) }
        try await daemon.delivered(5, by: "event-log")
        try await daemon.delivered(2, by: "hook")
        try await daemon.stop()
        #expect(endpoint.requests.count == 2)
        #expect(try folder.states(of: "hook") == ["delivered": 2, "pending": 3])
    }
}
