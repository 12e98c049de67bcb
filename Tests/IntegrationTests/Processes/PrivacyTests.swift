import Foundation
import TestKit
import Testing

@Suite("Secrets of the daemon's environment", .timeLimit(.minutes(10)))
struct PrivacyTests {
    /// Runs the daemon as a user who is not root, for whom the tests have to be run by root.
    private static let asNobody = "setpriv --reuid=65534 --regid=65534 --clear-groups"

    private static var isRoot: Bool { getuid() == 0 }

    @Test("The system shows no secret of the environment, which reloads and listeners can still use")
    func environment() async throws {
        let folder = try TemporaryFolder()
        let other = #"other: { provider: github, secrets: ["env:OTHER_SECRET"] }"#
        try folder.writeConfiguration(DaemonProcess.configuration())
        let environment = ["OTHER_SECRET": "the-other-secret", "TZ": "UTC"]
        let daemon = try await DaemonProcess(in: folder, environment: environment)
        let shown = try daemon.facts.environment
        #expect(!shown.contains(DaemonProcess.secret))
        #expect(!shown.contains("the-other-secret"))
        try folder.writeConfiguration(DaemonProcess.configuration(sources: other))
        daemon.signal(SIGHUP)
        let hook = DaemonProcess.Hook(source: "other", secret: "the-other-secret")
        let body = PullRequestBody(number: 1).bytes
        while try await daemon.post(body, to: hook).status != 202 { try Task.checkCancellation() }
        try await daemon.stop()
    }

    @Test("A command of the same user can read neither environment nor memory, unless dumps are allowed")
    func sameUser() async throws {
        guard Self.isRoot else { return print("skipped: only root can run the daemon as another user") }
        for (coreDumps, expected) in [(false, "no no"), (true, "yes yes")] {
            let folder = try TemporaryFolder()
            let script = """
                (: < /proc/$PPID/environ) 2>/dev/null && a=yes || a=no
                (: < /proc/$PPID/mem) 2>/dev/null && b=yes || b=no
                echo $a $b > readable
                """
            try folder.writeConfiguration(
                DaemonProcess.configuration(
                    listeners: "script: \(try folder.command(script))",
                    more: "daemon: { coreDumps: \(coreDumps) }"
                )
            )
            try folder.giveToEverybody()
            let daemon = try await DaemonProcess(in: folder, tracer: Self.asNobody)
            _ = try await daemon.deliver(1)
            try await daemon.delivered(1, by: "script")
            #expect(!(try daemon.facts.environment.contains(DaemonProcess.secret)))
            #expect(try await daemon.request("GET", daemon.admin + "/metrics").status == 200)
            try await daemon.stop()
            #expect(try folder.lines(of: "readable") == [expected])
        }
    }

    @Test("A suspect runs in a process of its own also where the daemon is another user's than root's")
    func isolated() async throws {
        guard Self.isRoot else { return print("skipped: only root can run the daemon as another user") }
        let folder = try TemporaryFolder()
        try folder.configure("crash: {}")
        try folder.giveToEverybody()
        let first = try await MisbehavingDaemon.start(in: folder, tracer: Self.asNobody)
        _ = try? await first.post(PullRequestBody(number: 1, title: MisbehavingDaemon.poison).bytes)
        #expect(try await first.exit() != 0)
        let second = try await MisbehavingDaemon.start(in: folder, tracer: Self.asNobody)
        try await second.died()
        try await second.stop()
        let expected = ["interrupted", "crashed", "crashed", "crashed"]
        #expect(try folder.dispatch(1, "crash").outcomes == expected)
    }

    @Test("A listener in a process of its own has the daemon's variables, which are not shown there either")
    func isolatedEnvironment() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("blocking: {}")
        let second = try await Self.startWithSuspect(in: folder)
        let child = try #require(try second.facts.children.first)
        #expect(!(try ProcessFacts(processID: child).environment.contains(DaemonProcess.secret)))
        // It can only see the gate if it knows the variable that names it.
        try folder.touch(MisbehavingDaemon.gate)
        try await second.delivered(1, by: "blocking")
        try await second.stop()
    }

    @Test("A listener in a process of its own leaves core dumps only where they are allowed")
    func isolatedCoreDumps() async throws {
        guard Self.isRoot else { return print("skipped: only root can run the daemon as another user") }
        for (coreDumps, owner) in [(false, 0), (true, 65_534)] {
            let folder = try TemporaryFolder()
            try folder.writeConfiguration(
                DaemonProcess.configuration(
                    listeners: "blocking: {}",
                    more: "daemon: { coreDumps: \(coreDumps) }"
                )
            )
            try folder.giveToEverybody()
            let second = try await Self.startWithSuspect(in: folder, tracer: Self.asNobody)
            let child = try #require(try second.facts.children.first)
            // The system gives what it shows of a process to root if it must not be dumped.
            let shown = try FileManager.default.attributesOfItem(atPath: "/proc/\(child)/environ")
            #expect(shown[.ownerAccountID] as? Int == owner)
            try folder.touch(MisbehavingDaemon.gate)
            try await second.delivered(1, by: "blocking")
            try await second.stop()
        }
    }

    /// A daemon that runs its first event's listener in a process of its own, because the last one was killed
    /// meanwhile.
    private static func startWithSuspect(
        in folder: TemporaryFolder,
        tracer: String = ""
    ) async throws -> DaemonProcess {
        let first = try await MisbehavingDaemon.start(in: folder, tracer: tracer)
        _ = try await first.deliver(1)
        _ = try await first.output.line(containing: "blocking has begun 1")
        first.signal(SIGKILL)
        _ = try await first.exit()
        let second = try await MisbehavingDaemon.start(in: folder, tracer: tracer)
        _ = try await second.output.line(containing: "blocking has begun 1")
        return second
    }
}

extension TemporaryFolder {
    /// Lets every user do what its owner can.
    fileprivate func giveToEverybody() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: path("")).map { path($0) }
        for name in [path("")] + names {
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: name)
        }
    }
}
