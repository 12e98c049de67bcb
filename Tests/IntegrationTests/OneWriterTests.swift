import Foundation
import Outbox
import TestKit
import Testing

@Suite("One writer, whatever the name", .timeLimit(.minutes(10)))
struct OneWriterTests {
    private static let environment = ["SECRET": DaemonProcess.secret]

    /// Another way to an outbox.
    enum Way: CaseIterable {
        case symbolicLink, hardLink, linkedFolder, withoutLock
    }

    private func serve(in folder: TemporaryFolder) async throws -> Executable.Outcome {
        try await Executable.run(
            ["serve", "--config", "forgewire.yml"],
            environment: Self.environment,
            in: folder
        )
    }

    @Test(
        "A second daemon, or command, is refused at once by whatever name it comes",
        arguments: Way.allCases
    )
    func names(way: Way) async throws {
        let first = try TemporaryFolder()
        try first.configure("event-log: {}")
        let daemon = try await DaemonProcess(in: first)
        _ = try await daemon.deliver(1)
        var second = try TemporaryFolder()
        try second.configure("event-log: {}")
        let (outbox, link) = (first.path("outbox.db"), second.path("outbox.db"))
        switch way {
        case .symbolicLink: #expect(unsafe symlink(outbox, link) == 0)
        case .hardLink: try FileManager.default.linkItem(atPath: outbox, toPath: link)
        case .linkedFolder:
            let text = DaemonProcess.configuration().replacing("outbox.db", with: "linked/outbox.db")
            try second.writeConfiguration(text)
            #expect(unsafe symlink(first.path(""), second.path("linked")) == 0)
        case .withoutLock:
            try FileManager.default.removeItem(atPath: outbox + ".lock")
            second = first
        }
        let refused = try await serve(in: second)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("is in use by process \(daemon.number)"), "\(refused.errors)")
        #expect(!refused.errors.contains("is waited for"))
        // Where the socket is found the daemon does it; else nobody does.
        let command = try await second.outcome(of: ["pause", "event-log"])
        let isReached = way == .linkedFolder || way == .withoutLock
        #expect(command.status == (isReached ? 0 : 1), "\(command.errors)")
        if !isReached { #expect(command.errors.contains("process \(daemon.number)"), "\(command.errors)") }
        #expect(try await daemon.request("GET", daemon.admin + "/readyz").status == 200)
        _ = try await daemon.deliver(2)
        try await daemon.stop()
        #expect(try first.count("SELECT count(*) FROM deliveries") == 2)
    }

    @Test("A killed daemon's outbox is free at once, by whatever name", arguments: [SIGKILL, SIGTERM])
    func killed(signal: Int32) async throws {
        let first = try TemporaryFolder()
        try first.configure("event-log: {}")
        let daemon = try await DaemonProcess(in: first)
        daemon.signal(signal)
        _ = try await daemon.exit()
        let second = try TemporaryFolder()
        try second.writeConfiguration(
            DaemonProcess.configuration(more: "").replacing(
                "path: outbox.db",
                with: "path: outbox.db, lockWait: 0s"
            )
        )
        #expect(unsafe symlink(first.path("outbox.db"), second.path("outbox.db")) == 0)
        let next = try await DaemonProcess(in: second)
        _ = try await next.deliver(1)
        try await next.stop()
    }

    @Test("A command at work is waited for, and told of at once")
    func command() async throws {
        let folder = try TemporaryFolder()
        try folder.configure("event-log: {}")
        let held = try HeldLock(of: folder.path("outbox.db"), role: "command")
        let log = LineCollector()
        async let daemon = DaemonProcess(in: folder, log: log)
        let line = try await log.line(containing: "The outbox is waited for")
        #expect(line.contains("process \(getpid()), a command at work"), "\(line)")
        held.release()
        try await daemon.stop()
    }

    @Test("A wait ends with SIGTERM, and at lockWait with 1 and the holder")
    func waitEnds() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(
            DaemonProcess.configuration().replacing("outbox.db", with: "outbox.db, lockWait: 200ms")
        )
        let held = try HeldLock(of: folder.path("outbox.db"), role: "command")
        try Outbox(path: folder.path("copy.db")).close()
        for arguments in [["serve"], ["pause", "event-log"], ["restore", "copy.db"]] {
            // A command wants an outbox that is there.
            try Data().write(to: URL(fileURLWithPath: folder.path("outbox.db")))
            let outcome = try await folder.outcome(of: arguments)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("process \(getpid()), a command at work"), "\(outcome.errors)")
            let waiting = arguments == ["serve"] ? "The outbox is waited for" : "Waiting: "
            #expect(outcome.errors.contains(waiting), "\(outcome.errors)")
        }
        try folder.writeConfiguration(
            DaemonProcess.configuration().replacing("outbox.db", with: "outbox.db, lockWait: 1d")
        )
        let log = LineCollector()
        async let ended = Self.ended(in: folder, log: log)
        let pid = try #require(try await log.line(containing: "pid=").split(separator: "=").last)
        _ = try await log.line(containing: "The outbox is waited for")
        kill(try #require(Int32(pid)), SIGTERM)
        #expect(await ended)
        held.release()
    }

    /// Whether a daemon that never gets its outbox has ended.
    private static func ended(in folder: TemporaryFolder, log: LineCollector) async -> Bool {
        do {
            _ = try await DaemonProcess(in: folder, limits: "echo pid=$$ >&2;", log: log)
            return false
        } catch {
            return error is LinesEnded
        }
    }

    @Test("A daemon that drains is waited for, by the next one and by commands")
    func draining() async throws {
        let folder = try TemporaryFolder()
        let waiting = try folder.command(
            "echo has-begun; while [ ! -e gate ]; do sleep 0.02; done",
            "timeout: 1h"
        )
        try folder.configure("slow: \(waiting)", drain: "1h")
        let first = try await DaemonProcess(in: folder)
        _ = try await first.deliver(1)
        _ = try await first.log.line(containing: "has-begun")
        first.signal(SIGTERM)
        _ = try await first.log.line(containing: "Forgewire stops")
        let log = LineCollector()
        async let next = DaemonProcess(in: folder, log: log)
        let line = try await log.line(containing: "The outbox is waited for")
        #expect(line.contains("process \(first.number), a daemon that stops"), "\(line)")
        async let paused = folder.outcome(of: ["pause", "slow"])
        try folder.touch("gate")
        #expect(try await first.exit() == 0)
        let daemon = try await next
        #expect(try await paused.status == 0)
        try await daemon.stop()
    }
}

/// A lock of this process's, as a command or daemon would have it.
private final class HeldLock: Sendable {
    private let descriptor: Int32

    init(of outbox: String, role: String) throws {
        descriptor = unsafe open(outbox + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
        let text = Array("\(getpid())\n\(role)\n".utf8)
        try #require(unsafe write(descriptor, text, text.count) == text.count)
    }

    func release() { close(descriptor) }
}
