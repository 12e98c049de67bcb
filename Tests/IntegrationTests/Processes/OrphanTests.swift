import Foundation
import GRDB
import Subprocess
import SystemPackage
import TestKit
import Testing

@Suite("Orphans", .timeLimit(.minutes(10)))
struct OrphanTests {
    private static let asProcess1 = "unshare --pid --fork --kill-child --mount-proc"

    private static var areNamespacesAllowed: Bool {
        get async throws {
            let result = try? await Subprocess.run(
                .path("/bin/sh"),
                arguments: ["-c", "\(asProcess1) true 2>/dev/null"],
                output: .discarded
            )
            return result?.terminationStatus.code == 0
        }
    }

    @Test("As process 1 the daemon reaps what its commands leave behind, and none of its own commands")
    func reaped() async throws {
        guard try await Self.areNamespacesAllowed else {
            return print("skipped: namespaces of processes are not allowed here")
        }
        let folder = try TemporaryFolder()
        // The first attempt leaves a process behind, the others fail until it is no zombie either.
        let orphan = """
            if [ ! -e orphan ]; then sleep 0.2 & echo $! > orphan; exit 3; fi
            [ ! -e /proc/$(cat orphan) ] || exit 4
            echo $PPID > parent
            """
        let keys = "retry: { maxAttempts: 1000, initial: 100ms, factor: 1, max: 100ms }"
        try folder.configure("orphan: \(try folder.command(orphan, keys))")
        let daemon = try await DaemonProcess(in: folder, tracer: Self.asProcess1)
        let event = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "orphan")
        #expect(try folder.lines(of: "parent") == ["1"])
        // Who runs the namespace does not pass the signal on.
        kill(try #require(try daemon.facts.children.first), SIGTERM)
        #expect(try await daemon.exit() == 0)
        let outcomes = try folder.dispatch(event, "orphan").outcomes
        #expect(outcomes.first == "failed" && outcomes.last == "delivered")
        let errors = try folder.query("SELECT DISTINCT error FROM attempts WHERE outcome = 'failed'")
        #expect(errors.map { $0[0] as String? }.allSatisfy { ["exit code 3", "exit code 4"].contains($0) })
    }
}
