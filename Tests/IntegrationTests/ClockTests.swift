import Foundation
import TestKit
import Testing

/// Steps of the clock, through a process with the daemon whose time of day is wrong, as when somebody sets
/// the clock of the machine.
@Suite("A clock that is set", .timeLimit(.minutes(10)))
struct ClockTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Starts a daemon whose clock is right, until it is set.
    private func start() async throws -> DaemonProcess {
        try setClock(0)
        return try await MisbehavingDaemon.start(in: folder, clock: folder.path("clock"))
    }

    /// Sets the daemon's clock by so much from what it should be.
    private func setClock(_ seconds: Int64) throws {
        try Data("\(seconds)".utf8)
            .write(to: URL(fileURLWithPath: folder.path("clock")), options: .atomic)
    }

    @Test(
        "Retries come in their time, what is received is told by the clock as it is, and nothing is pruned",
        arguments: [-3600, 40 * 86_400] as [Int64]
    )
    func retries(step: Int64) async throws {
        let command = "if [ -e fixed ]; then echo ran >> runs; else touch failed; exit 1; fi"
        let keys = "retry: { initial: 2s, factor: 1, max: 2s }"
        try folder.configure("script: \(try folder.command(command, keys))")
        let daemon = try await start()
        _ = try await daemon.deliver(1)
        try await daemon.settle { FileManager.default.fileExists(atPath: folder.path("failed")) }
        try folder.touch("fixed")
        try setClock(step)
        _ = try await daemon.deliver(2)
        // An hour later it would be too late for the time limit of this test.
        try await daemon.delivered(2, by: "script")
        _ = try await daemon.log.line(containing: "The clock was set")
        let times = "SELECT max(received_at) / 1000 - min(received_at) / 1000 FROM events"
        #expect(try abs(Int64(folder.count(times)) - abs(step)) < 300)
        let wrong = "SELECT count(*) FROM attempts WHERE duration_ms NOT BETWEEN 0 AND 300000"
        #expect(try folder.count(wrong) == 0)
        let resting = try await folder.outcome(of: ["prune", "--older-than", "7d"])
        #expect(resting.status == 1 && resting.errors.contains("forgewire prune --force"))
        try await folder.forgewire("prune", "--force", "--older-than", "7d")
        #expect(try folder.count("SELECT count(*) FROM deliveries") == 2)
        try await daemon.stop()
    }

    @Test("What is signed now passes after a step back, and what is signed an hour from now does not")
    func signatures() async throws {
        let sources =
            "gitlab: { provider: gitlab, secrets: [\"env:TOKEN\"], requireSignature: true }, "
            + "hooks: { provider: standard-webhooks, secrets: [\"env:TOKEN\"] }"
        let token = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()
        try token.write(toFile: folder.path("token"), atomically: true, encoding: .utf8)
        try folder.writeConfiguration(
            DaemonProcess.configuration(
                sources: sources.replacingOccurrences(of: "env:TOKEN", with: "file:token"),
                listeners: "recorder: {}"
            )
        )
        let daemon = try await start()
        try setClock(-3600)
        for (source, provider) in [("gitlab", "gitlab"), ("hooks", "standard-webhooks")] {
            let hook = DaemonProcess.Hook(source: source, provider: provider, secret: token)
            let body = Array(#"{"object_kind":"push","type":"push","data":{}}"#.utf8)
            for (seconds, status) in [(-3600, 202), (0, 401), (-7200, 401)] as [(Int64, Int)] {
                let answer = try await daemon.post(
                    body,
                    event: "Push Hook",
                    to: hook,
                    secondsFromNow: seconds
                )
                #expect(Int(answer.status) == status, "\(source) \(seconds): \(answer.body)")
            }
        }
        try await daemon.stop()
    }
}
