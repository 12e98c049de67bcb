import Foundation
import Providers
import TestKit
import Testing

@Suite("What is synced to disk", .timeLimit(.minutes(10)))
struct DurabilityTests {
    private static let deliveries = 20

    @Test(
        "Each delivery is synced before its answer; attempts and their outcomes are not synced at all",
        .enabled(if: Strace.isUsable, "strace is missing, or may not trace")
    )
    func syncs() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        let trace = folder.path("trace")
        let daemon = try await DaemonProcess(in: folder, tracer: Strace.command(output: trace))
        let body = try #require(GitHub().samples.first { $0.name == "pull_request.opened" }).body
        for _ in 0..<Self.deliveries { #expect(try await daemon.post(body).status == 202) }
        let delivered = "SELECT count(*) FROM dispatches WHERE state = 'delivered'"
        while try folder.count(delivered) < Self.deliveries {
            _ = try await daemon.request("GET", daemon.admin + "/healthz")
        }
        // The tracer ends with the daemon, whose number is in its lock.
        let lock = try String(contentsOfFile: folder.path("outbox.db.lock"), encoding: .utf8)
        kill(try #require(lock.split(separator: "\n").first.flatMap { pid_t($0) }), SIGTERM)
        #expect(try await daemon.exit() == 0)

        let steps = try Strace.steps(in: trace)
        let answers = steps.indices.filter { steps[$0] == .answer }
        #expect(answers.count == Self.deliveries)
        for (previous, answer) in zip([steps.startIndex] + answers, answers) {
            #expect(steps[previous..<answer].contains(.sync), "an answer without a sync before it")
        }
        let first = try #require(answers.first)
        let stop = try #require(steps.firstIndex(of: .stop))
        let syncs = steps[first..<stop].count { $0 == .sync }
        // Were outcomes synced, it would be twice as many; a few are the daemon's own, such as pruning.
        #expect(syncs < Self.deliveries * 3 / 2)
        // Two transactions a delivery, with a write each; SQLite alone would make two for each page.
        let writes = steps[first..<stop].count { $0 == .logWrite }
        #expect(writes >= Self.deliveries)
        #expect(writes < Self.deliveries * 5)
    }
}

/// The system call tracer, as far as tests read what it writes.
enum Strace {
    /// What is looked for in a trace.
    enum Step {
        /// Something is written to the write-ahead log.
        case logWrite
        /// The write-ahead log is on disk.
        case sync
        /// A delivery is answered with 202.
        case answer
        /// The daemon says that it stops.
        case stop
    }

    /// Whether it is there and allowed to trace.
    static var isUsable: Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["strace", "-o", "/dev/null", "true"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    static func command(output: String) -> String {
        "strace -f -y -s 60 -e trace=fdatasync,fsync,pwrite64,write,writev,sendto,sendmsg -o '\(output)'"
    }

    /// What happened, in the order in which the calls returned.
    static func steps(in path: String) throws -> [Step] {
        var syncing: Set<Substring> = []
        var steps: [Step] = []
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            guard let thread = line.split(separator: " ").first else { continue }
            if line.contains("pwrite64("), line.contains("-wal>") {
                steps.append(.logWrite)
                continue
            }
            if line.contains("fdatasync(") || line.contains("fsync(") {
                guard line.contains("-wal>") else { continue }
                if line.contains("unfinished") { syncing.insert(thread) } else { steps.append(.sync) }
            } else if line.contains("sync resumed") {
                if syncing.remove(thread) != nil { steps.append(.sync) }
            } else if line.contains("HTTP/1.1 202") {
                steps.append(.answer)
            } else if line.contains("Forgewire stops") {
                steps.append(.stop)
            }
        }
        return steps
    }
}
