import Events
import Foundation
import GRDB
import Subprocess
import Synchronization
import SystemPackage
import TestKit
import Testing

@Suite("Backup and restoration", .timeLimit(.minutes(10)))
struct CopyTests {
    private static let small = Array(#"{"zen":"Keep it logically awesome."}"#.utf8)

    /// A body that makes a copy take several steps, as it cannot be compressed.
    private static let large = Array(
        #"{"zen":"\#(Data(EventFactory.noise(256 << 10)).base64EncodedString())"}"#.utf8
    )

    private func setup() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        return folder
    }

    private func run(_ arguments: String..., in folder: TemporaryFolder) async throws -> Executable.Outcome {
        let environment = ["SECRET": DaemonProcess.secret]
        return try await Executable.run(arguments, environment: environment, in: folder)
    }

    private func eventIDs(of name: String, in folder: TemporaryFolder) throws -> [Int64] {
        try folder.query("SELECT id FROM events ORDER BY id", of: name).map { $0[0] }
    }

    @Test("A backup under load ends, and holds exactly what was accepted up to one moment")
    func underLoad() async throws {
        let folder = try setup()
        let daemon = try await DaemonProcess(in: folder)
        for _ in 0..<60 { #expect(try await daemon.post(Self.large).status == 202) }
        let ledger = Ledger()
        async let sending: Void = send(to: daemon, ledger)
        while ledger.events.count < 10 { _ = try await daemon.request("GET", daemon.admin + "/healthz") }
        let before = ledger.events
        let backup = try await run("backup", "copy.db", "--config", "forgewire.yml", in: folder)
        ledger.end()
        try await sending
        #expect(backup.status == 0, "\(backup.errors)")
        #expect(backup.text.hasPrefix("copy.db has "))
        #expect(backup.errors.isEmpty, "progress is for terminals")
        let copied = try eventIDs(of: "copy.db", in: folder)
        #expect(copied == Array(try eventIDs(of: "outbox.db", in: folder).prefix(copied.count)))
        #expect(Set(copied).isSuperset(of: before))
        let check = try await run("check", "--outbox", "copy.db", in: folder)
        #expect(check.status == 0)
        #expect(check.text.contains("\(copied.count) deliveries and \(copied.count) events"))
        let again = try await run("backup", "copy.db", "--outbox", "outbox.db", in: folder)
        #expect(again.status == 1 && again.errors.contains("copy.db is there already"))
        daemon.signal(SIGTERM)
        #expect(try await daemon.exit() == 0)
    }

    /// What was accepted, and whether more is to be sent.
    private final class Ledger: Sendable {
        private let state = Mutex<(events: [Int64], isOver: Bool)>(([], false))

        var events: [Int64] { state.withLock { $0.events } }
        var isOver: Bool { state.withLock { $0.isOver } }

        func note(_ events: [Int64]) { state.withLock { $0.events += events } }
        func end() { state.withLock { $0.isOver = true } }
    }

    /// Four senders, each as fast as it is answered.
    private func send(to daemon: DaemonProcess, _ ledger: Ledger) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<4 {
                group.addTask {
                    while !ledger.isOver { ledger.note(try await daemon.post(Self.small).events) }
                }
            }
        }
    }

    @Test("A restoration waits for no daemon: it is refused while one runs, and afterwards ids go on above")
    func restoration() async throws {
        let folder = try setup()
        let daemon = try await DaemonProcess(in: folder)
        #expect(try await daemon.post(Self.small).events == [1])
        let backup = try await run("backup", "copy.db", "--outbox", "outbox.db", in: folder)
        #expect(backup.status == 0)
        #expect(try await daemon.post(Self.small).events == [2])
        let refused = try await run("restore", "copy.db", "--config", "forgewire.yml", in: folder)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("in use by process"))
        #expect(try await daemon.post(Self.small).events == [3])
        daemon.signal(SIGTERM)
        #expect(try await daemon.exit() == 0)

        let restored = try await run("restore", "copy.db", "--config", "forgewire.yml", in: folder)
        #expect(restored.status == 0, "\(restored.errors)")
        let next: Int64 = 3 + (1 << 32) + 1
        #expect(restored.text.contains("the next event is \(next)"))
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        let kept = try #require(names.first { $0.hasPrefix("outbox.db.before-restore-") })
        #expect(restored.text.contains("kept as") && restored.text.contains(kept))
        #expect(try eventIDs(of: kept, in: folder) == [1, 2, 3])

        let second = try await DaemonProcess(in: folder)
        #expect(try await second.post(Self.small).events == [next])
        second.signal(SIGTERM)
        #expect(try await second.exit() == 0)
        #expect(try eventIDs(of: "outbox.db", in: folder) == [1, next])
    }

    @Test("check --outbox ends with 1 for what is no outbox, and needs no configuration")
    func check() async throws {
        let folder = try TemporaryFolder()
        try "Dear diary".write(toFile: folder.path("diary.db"), atomically: false, encoding: .utf8)
        for name in ["diary.db", "nothing.db"] {
            let outcome = try await run("check", "--outbox", name, in: folder)
            #expect(outcome.status == 1 && outcome.errors.contains(name))
        }
    }

    @Test(
        "A restoration that is killed at any step leaves the old outbox or the new one, whole",
        .enabled(if: Strace.isUsable, "strace is missing, or may not trace")
    )
    func kills() async throws {
        let template = try setup()
        let daemon = try await DaemonProcess(in: template)
        _ = try await daemon.post(Self.small)
        #expect(try await run("backup", "copy.db", "--outbox", "outbox.db", in: template).status == 0)
        for _ in 0..<2 { #expect(try await daemon.post(Self.small).status == 202) }
        // So that the last of it is in the log alone.
        daemon.signal(SIGKILL)
        _ = try await daemon.exit()

        for call in Self.calls {
            var states: [[Int64]] = []
            for number in 1...Self.callsMax {
                let folder = try TemporaryFolder()
                for name in ["forgewire.yml", "copy.db", "outbox.db", "outbox.db-wal"] {
                    try FileManager.default.copyItem(atPath: template.path(name), toPath: folder.path(name))
                }
                let status = try await restoreKilled(at: call, number, in: folder)
                let state = try recoveredEventIDs(in: folder)
                #expect(state == [1, 2, 3] || state == [1], "killed at \(call) \(number)")
                states.append(state)
                if status == 0 { break }
                let again = try await run("restore", "copy.db", "--config", "forgewire.yml", in: folder)
                #expect(again.status == 0, "after \(call) \(number): \(again.errors)")
                #expect(try eventIDs(of: "outbox.db", in: folder) == [1])
            }
            #expect(states.first == [1, 2, 3] && states.last == [1], "\(call): \(states)")
            #expect(states.count < Self.callsMax, "none went through")
        }
    }

    /// What changes names or syncs, by the names that it has on one machine or another.
    private static let calls = [
        "?link,?linkat", "?rename,?renameat,?renameat2", "?unlink,?unlinkat", "fsync", "fdatasync",
    ]

    /// More than a restoration makes of one call.
    private static let callsMax = 30

    /// Runs `restore` and kills it when it makes a call for the nth time; gives the exit status.
    private func restoreKilled(
        at call: String,
        _ number: Int,
        in folder: TemporaryFolder
    ) async throws -> Int32 {
        let tracer = "strace -f --seccomp-bpf -o /dev/null -e trace=\(call)"
        let injection = "-e inject=\(call):signal=KILL:when=\(number)"
        let command = "exec \(tracer) \(injection) \"$0\" restore copy.db --config forgewire.yml"
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: ["-c", command, try Executable.path.string],
            environment: .custom(["SECRET": DaemonProcess.secret]),
            workingDirectory: FilePath(folder.url.path),
            output: .bytes(limit: 1 << 20),
            error: .bytes(limit: 1 << 20)
        )
        return result.terminationStatus.code
    }

    /// The ids of all events, read as the next writer does: it takes back what was cut off.
    private func recoveredEventIDs(in folder: TemporaryFolder) throws -> [Int64] {
        let database = try DatabaseQueue(path: folder.path("outbox.db"))
        defer { try? database.close() }  // what it has read does not change
        return try database.read { database in
            #expect(try String.fetchOne(database, sql: "PRAGMA integrity_check") == "ok")
            return try Int64.fetchAll(database, sql: "SELECT id FROM events ORDER BY id")
        }
    }
}

extension TemporaryFolder {
    /// What a query gives of any database in the folder.
    fileprivate func query(_ sql: String, of name: String) throws -> [Row] {
        var configuration = GRDB.Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let database = try DatabaseQueue(path: path(name), configuration: configuration)
        defer { try? database.close() }  // a reader that cannot close changes no result
        return try database.read { try Row.fetchAll($0, sql: sql) }
    }
}
