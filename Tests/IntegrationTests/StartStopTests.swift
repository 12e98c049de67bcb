import Foundation
import TestKit
import Testing

@Suite("Starts and stops", .timeLimit(.minutes(10)))
struct StartStopTests {
    private static let environment = [
        "SECRET": DaemonProcess.secret,
        // A crash would take minutes to describe itself.
        "SWIFT_BACKTRACE": "enable=no",
    ]

    private func configuration(
        ingest: String = "127.0.0.1:0",
        admin: String = "127.0.0.1:0",
        limits: String = ""
    ) -> String {
        """
        ingest: { listen: ["\(ingest)"], limits: { \(limits) } }
        admin: { listen: "\(admin)" }
        outbox: { path: new/deep/outbox.db }
        sources: { github: { provider: github, secrets: ["env:SECRET"] } }
        listeners: { event-log: {} }
        """
    }

    /// The `host:port` of a base.
    private func address(_ base: String) -> String { String(base.dropFirst("http://".count)) }

    private func running() async throws -> (TemporaryFolder, DaemonProcess) {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        return (folder, try await DaemonProcess(in: folder))
    }

    @Test(
        "A start on a taken port ends with 1 and one line that says why, and leaves no folder, whoever polls"
    )
    func takenPort() async throws {
        let (_, other) = try await running()
        let folder = try TemporaryFolder()
        // Its admin address is free again, and polled as a probe does.
        let free = try await DaemonProcess.freeAddress()
        try folder.writeConfiguration(configuration(ingest: address(other.ingest), admin: free))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while !Task.isCancelled {
                        // Refused, or ended with the process: both are what is to be withstood.
                        _ = try? await other.request("GET", "http://\(free)/readyz")
                    }
                }
            }
            for _ in 0..<5 {
                let outcome = try await Executable.run(
                    ["serve", "--config", "forgewire.yml"],
                    environment: Self.environment,
                    in: folder
                )
                #expect(outcome.status == 1)
                let lines = outcome.errors.split(separator: "\n")
                #expect(lines.count == 1 && lines[0].contains("the address is in use"), "\(outcome.errors)")
                #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
            }
            group.cancelAll()
        }
    }

    @Test("A start whose admin port is taken ends in order, too: what ingest had opened is closed")
    func takenAdminPort() async throws {
        let (_, other) = try await running()
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(configuration(admin: address(other.admin)))
        let outcome = try await Executable.run(
            ["serve", "--config", "forgewire.yml"],
            environment: Self.environment,
            in: folder
        )
        #expect(outcome.status == 1)
        let line = "cannot be opened for health and metrics: Address already in use"
        #expect(outcome.errors.contains(line), "\(outcome.errors)")
        #expect(!outcome.errors.contains("CancellationError"))
        #expect(!FileManager.default.fileExists(atPath: folder.path("new")))
    }

    @Test("Ingest opens before the admin address")
    func order() async throws {
        let (_, daemon) = try await running()
        let lines = daemon.log.lines
        let ingest = try #require(lines.firstIndex { $0.contains("Forgewire takes deliveries") })
        let admin = try #require(lines.firstIndex { $0.contains("Health and metrics are served") })
        #expect(ingest < admin)
    }

    @Test(
        "A half-sent control command does not delay the stop",
        arguments: ["", "POST /v1/pau", "POST /v1/pause HTTP/1.1\r\nHost: a\r\nContent-Length: 20\r\n\r\n{"]
    )
    func halfSentCommand(text: String) async throws {
        let folder = try TemporaryFolder()
        // Whoever waited for the command would wait for an hour.
        let limits = "headerTimeout: 1h, bodyTimeout: 1h, idleTimeout: 1h"
        try folder.writeConfiguration(
            configuration(limits: limits).replacing("new/deep/outbox.db", with: "outbox.db")
        )
        let daemon = try await DaemonProcess(in: folder)
        let connection = try await RawConnection(toSocket: folder.path("outbox.db.sock"))
        try await connection.send(text)
        daemon.signal(SIGTERM)
        #expect(try await daemon.exit() == 0)
        #expect(try await connection.end().isEmpty)
    }

    @Test("Commands to a daemon that hangs end and say so")
    func hang() async throws {
        let (folder, daemon) = try await running()
        daemon.signal(SIGSTOP)
        defer { daemon.signal(SIGCONT) }
        let commands = [
            ["pause", "event-log"], ["reload"], ["prune"],
            ["send", "--source", "github", "--sample", "push"],
            ["send", "--source", "github", "--sample", "push", "--url", daemon.ingest],
        ]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for command in commands {
                group.addTask {
                    let arguments = [command[0], "--config", "forgewire.yml"] + command.dropFirst()
                    let outcome = try await Executable.run(
                        arguments,
                        environment: Self.environment,
                        in: folder
                    )
                    #expect(outcome.status == 1, "\(command)")
                    #expect(outcome.errors.contains("does not answer"), "\(command): \(outcome.errors)")
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("A daemon that says that it still works is waited for")
    func interimAnswers() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration())
        let interim = String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 3)
        let report = #"{"deliveries":3,"freedBytes":0}"#
        let server = try await CannedServer(
            at: folder.path("outbox.db.sock"),
            answer: interim + "HTTP/1.1 200 OK\r\nContent-Length: \(report.utf8.count)\r\n\r\n" + report
        )
        let outcome = try await Executable.run(
            ["prune", "--config", "forgewire.yml"],
            environment: Self.environment,
            in: folder
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text.contains("3"))
        try await server.close()
    }

    @Test("`send` finds the socket that the daemon has, when the configuration does not say it")
    func sendAsks() async throws {
        let (folder, daemon) = try await running()
        let outcome = try await Executable.run(
            ["send", "--config", "forgewire.yml", "--source", "github", "--sample", "push"],
            environment: Self.environment,
            in: folder
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.text.hasPrefix("202 "))
        daemon.signal(SIGTERM)
        #expect(try await daemon.exit() == 0)
    }

    @Test(
        "`reload` ends with 0 when the file was taken, with 78 and its problems when not, else with 1"
    )
    func reload() async throws {
        let (folder, daemon) = try await running()
        func reload() async throws -> Executable.Outcome {
            try await Executable.run(
                ["reload", "--config", "forgewire.yml"],
                environment: Self.environment,
                in: folder
            )
        }
        let sources = "github: { provider: github, secrets: [\"env:SECRET\"] }"
        let more = sources + ", hub: { provider: github, secrets: [\"env:SECRET\"] }"
        try folder.writeConfiguration(DaemonProcess.configuration(sources: more))
        let taken = try await reload()
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(taken.text.hasPrefix("the configuration was taken: 2 sources, 1 listener"))
        #expect(try await daemon.post(Array("{}".utf8), to: .init(source: "hub")).status == 202)

        try folder.writeConfiguration("sources: [\n")
        let unreadable = try await reload()
        #expect(unreadable.status == 78)
        #expect(unreadable.errors.contains("forgewire.yml:"), "\(unreadable.errors)")

        try folder.writeConfiguration(DaemonProcess.configuration(more: "listenrs: {}"))
        let refused = try await reload()
        #expect(refused.status == 78)
        #expect(refused.errors.contains("forgewire.yml:6:1: unknown key \"listenrs\""), "\(refused.errors)")
        #expect(try await daemon.post(Array("{}".utf8), to: .init(source: "hub")).status == 202)

        daemon.signal(SIGTERM)
        #expect(try await daemon.exit() == 0)
        #expect(try await reload().status == 1)
    }

    @Test("Half-sent headers and idle connections at the admin address are cut, and lock nobody out")
    func adminLimits() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(
            configuration(limits: "headerTimeout: 200ms, headerBytes: 2KiB")
                .replacing("new/deep/outbox.db", with: "outbox.db")
        )
        let daemon = try await DaemonProcess(in: folder)
        var connections: [RawConnection] = []
        for number in 0..<100 {
            let connection = try await RawConnection(to: daemon.admin)
            // Some are closed for those that come later.
            try? await connection.send(number.isMultiple(of: 2) ? "GET /healthz HTTP/1.1\r\nHost:" : "G")
            connections.append(connection)
        }
        #expect(try await daemon.request("GET", daemon.admin + "/healthz").status == 200)
        for connection in connections {
            let answer = try await connection.end()
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 408 "))
        }
        let long = try await RawConnection(to: daemon.admin)
        try await long.send("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 3000))
        #expect(try await long.end().hasPrefix("HTTP/1.1 431 "))
        #expect(try await daemon.request("GET", daemon.admin + "/healthz").status == 200)
    }
}

extension DaemonProcess {
    /// An address of loopback that nobody listens on, for now.
    fileprivate static func freeAddress() async throws -> String {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(configuration())
        let daemon = try await DaemonProcess(in: folder)
        daemon.signal(SIGTERM)
        _ = try await daemon.exit()
        return String(daemon.admin.dropFirst("http://".count))
    }
}
