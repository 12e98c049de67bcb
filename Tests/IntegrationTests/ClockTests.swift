import Foundation
import NIOHTTP1
import TestKit
import Testing

/// What gives processes a wrong time of day.
private enum LibFakeTime {
    /// Where Debian has it.
    static let path = ["x86_64", "aarch64"].map { "/usr/lib/\($0)-linux-gnu/faketime/libfaketime.so.1" }
        .first { FileManager.default.fileExists(atPath: $0) }
}

/// Steps of the clock, made by libfaketime: only the time of day is wrong, as when somebody sets the clock.
@Suite(
    "A clock that is set",
    .enabled(if: LibFakeTime.path != nil, "libfaketime is missing: apt-get install faketime"),
    .timeLimit(.minutes(10))
)
struct ClockTests {
    /// Starts a daemon whose clock is set by `set(_:in:)`.
    private func start(in folder: TemporaryFolder) async throws -> DaemonProcess {
        try set("+0", in: folder)
        return try await DaemonProcess(in: folder, environment: fake(folder))
    }

    private func fake(_ folder: TemporaryFolder) -> [String: String] {
        [
            "LD_PRELOAD": LibFakeTime.path ?? "", "FAKETIME_TIMESTAMP_FILE": folder.path("time"),
            "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        ]
    }

    /// Sets the clock by so much from what it should be, such as `-1h`.
    private func set(_ offset: String, in folder: TemporaryFolder) throws {
        try Data("\(offset)\n".utf8).write(to: URL(fileURLWithPath: folder.path("time")), options: .atomic)
    }

    @Test(
        "Retries come within their wait, and what is received is told by the clock as it is",
        arguments: ["-1h", "+40d"]
    )
    func retries(offset: String) async throws {
        let folder = try TemporaryFolder()
        let command = "if [ -e fixed ]; then echo ran >> runs; else touch failed; exit 1; fi"
        let keys = "retry: { initial: 2s, factor: 1, max: 2s }"
        try folder.configure("script: \(try folder.command(command, keys))", "event-log: {}")
        let daemon = try await start(in: folder)
        let first = try await daemon.deliver(1)
        try await daemon.settle { FileManager.default.fileExists(atPath: folder.path("failed")) }
        try folder.touch("fixed")
        try set(offset, in: folder)
        let second = try await daemon.deliver(2)
        try await daemon.delivered(2, by: "script")
        let step = try #require(["-1h": -3600, "+40d": 40 * 86_400][offset])
        let sql = "SELECT (max(received_at) - min(received_at)) / 1000 FROM events"
        let distance = try folder.count(sql)
        #expect(abs(distance - abs(step)) < 60)
        _ = try await daemon.log.line(containing: "The clock was set")
        // Nothing of seconds ago is old, whatever the clock says.
        let resting = try await folder.outcome(of: ["prune"])
        #expect(resting.status == 1 && resting.errors.contains("forgewire prune --force"))
        try await folder.forgewire("prune", "--force")
        #expect(try folder.count("SELECT count(*) FROM deliveries") == 2)
        let attempts = "SELECT count(*) FROM attempts WHERE duration_ms NOT BETWEEN 0 AND 60000"
        #expect(try folder.count(attempts) == 0)
        try await daemon.stop()
        #expect(first != second)
    }

    @Test("What is signed now passes after a step, and what was signed an hour from now does not")
    func signatures() async throws {
        let folder = try TemporaryFolder()
        let sources =
            "gitlab: { provider: gitlab, secrets: [\"env:GITLAB\"], requireSignature: true }, "
            + "hooks: { provider: standard-webhooks, secrets: [\"env:HOOKS\"] }"
        try folder.writeConfiguration(DaemonProcess.configuration(sources: sources))
        let secret = "whsec_" + Data(repeating: 7, count: 32).base64EncodedString()
        let secrets = ["GITLAB": secret, "HOOKS": secret]
        try set("+0", in: folder)
        let daemon = try await DaemonProcess(in: folder, environment: fake(folder).merging(secrets) { $1 })
        try set("-1h", in: folder)
        for (source, sample) in [("gitlab", "issue.open"), ("hooks", nil)] {
            let body = ["--sample", sample].compactMap(\.self)
            let what = sample == nil ? [try self.body(in: folder)] : body
            let arguments = ["send", "--config", "forgewire.yml", "--source", source] + what
            let signed = try await Executable.run(
                arguments,
                environment: fake(folder).merging(secrets) { $1 },
                in: folder
            )
            #expect(signed.status == 0 && signed.text.contains("202"), "\(signed)")
            // This one goes by the real clock, which is an hour ahead of the daemon's.
            let early = try await Executable.run(arguments, environment: secrets, in: folder)
            #expect(early.status != 0 && (early.text + early.errors).contains("401"), "\(early)")
        }
        try await daemon.stop()
    }

    private func body(in folder: TemporaryFolder) throws -> String {
        try Data(#"{"type":"user.created","data":{}}"#.utf8)
            .write(to: URL(fileURLWithPath: folder.path("body.json")))
        return "body.json"
    }
}
