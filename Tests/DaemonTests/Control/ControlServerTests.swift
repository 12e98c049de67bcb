import Foundation
import InMemoryLogging
import Ingest
import Logging
import Settings
import TestKit
import Testing

@testable import Daemon

@Suite("The control socket", .timeLimit(.minutes(10)))
struct ControlServerTests {
    /// Has commands answered while something is done.
    private func serve(
        _ bench: AdministrationBench,
        _ logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        _ body: (ControlSocket) async throws -> Void
    ) async throws {
        let socket = ControlSocket(outboxPath: bench.path)
        let (starts, started) = AsyncStream.makeStream(of: Void.self)
        let server = ControlServer(
            socket: socket,
            administration: bench.administration,
            desk: .stub,
            limits: .control(IngestLimits()),
            logger: logger
        ) {
            started.finish()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run() }
            for await _ in starts {}
            try await body(socket)
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    @Test("The socket is its owner's alone, nothing else is left beside it, and it goes with the daemon")
    func file() async throws {
        try await AdministrationBench.use { bench in
            // What a process that was killed leaves behind.
            let socket = ControlSocket(outboxPath: bench.path)
            try socket.prepare()
            try UnixSocket.bind(socket.bindPath)
            try socket.publish()
            #expect(socket.exists)
            try await serve(bench) { socket in
                let attributes = try FileManager.default.attributesOfItem(atPath: socket.path)
                #expect(attributes[.posixPermissions] as? Int == 0o600)
                #expect(attributes[.type] as? FileAttributeType == .typeSocket)
                #expect(!FileManager.default.fileExists(atPath: socket.path + ".d"))
                _ = try await UnixSocket.post("/v1/redrive", #"{"dryRun":true}"#, to: socket.path)
            }
            #expect(!socket.exists)
        }
    }

    @Test("A command is done and reported, and what was done is logged")
    func answer() async throws {
        try await AdministrationBench.use { bench in
            let log = InMemoryLogHandler()
            try await bench.accept("d", to: ["all"])
            try await bench.runAll("all")
            try await serve(bench, Logger(label: "test") { _ in log }) { socket in
                let answer = try await UnixSocket.post(
                    "/v1/redrive",
                    #"{"event":1,"dryRun":false}"#,
                    to: socket.path
                )
                #expect(answer.status == 200)
                let report = try JSONDecoder().decode(RedriveRequest.Report.self, from: answer.body)
                #expect(report.redriven == 1)
            }
            let entry = log.entries.first { $0.metadata["command"] == "redrive" }
            #expect(entry?.metadata["result"] == #"{"filtered":0,"redriven":1,"unconfigured":0}"#)
        }
    }

    @Test(
        "What cannot be done is told with a status, a code and what to do",
        arguments: [
            ("/v1/redrive", #"{"event":7,"dryRun":false}"#, 404, "unknown_event"),
            ("/v1/pause", #"{"listener":"nobody"}"#, 404, "unknown_listener"),
            ("/v1/pause", #"{"listener":"all\u0000"}"#, 404, "unknown_listener"),
            ("/v1/discard", #"{"listener":"all\u0000x","dryRun":false}"#, 404, "unknown_listener"),
            ("/v1/adopt", #"{"from":"all","to":"pushes","dryRun":true}"#, 409, "wrong_listener"),
            ("/v1/reload", "{}", 422, "invalid_configuration"),
            ("/v1/redrive", "{", 400, "malformed"), ("/v1/discard", "{}", 400, "malformed"),
        ]
    )
    func refusal(path: String, body: String, status: Int, code: String) async throws {
        try await AdministrationBench.use { bench in
            try await serve(bench) { socket in
                let answer = try await UnixSocket.post(path, body, to: socket.path)
                #expect(answer.status == status)
                let error = try JSONDecoder().decode(AdministrationError.self, from: answer.body)
                #expect(error.code.rawValue == code)
                #expect(error.message.count > 20)
            }
        }
    }

    @Test("A command that is too long is refused, unread")
    func tooLong() async throws {
        try await AdministrationBench.use { bench in
            try await serve(bench) { socket in
                let body = #"{"listener":""# + String(repeating: "x", count: 70_000) + #""}"#
                let answer = try await UnixSocket.post("/v1/pause", body, to: socket.path)
                #expect(answer.status == 400)
            }
        }
    }

    @Test("The addresses that deliveries are taken at are told, TCP and Unix sockets alike")
    func addresses() async throws {
        try await AdministrationBench.use { bench in
            try await serve(bench) { socket in
                let answer = try await UnixSocket.post("/v1/addresses", "{}", to: socket.path)
                let report = try JSONDecoder().decode(AddressesRequest.Report.self, from: answer.body)
                let settings = report.addresses.map(\.setting)
                #expect(settings == [.tcp(host: "127.0.0.1", port: 9000), .unix(path: "/run/hooks")])
            }
        }
    }

    @Test("Once the daemon stops, commands are told to come back")
    func stopping() async throws {
        try await AdministrationBench.use { bench in
            try await serve(bench) { socket in
                bench.administration.stop()
                let answer = try await UnixSocket.post("/v1/pause", #"{"listener":"all"}"#, to: socket.path)
                #expect(answer.status == 503)
                let error = try JSONDecoder().decode(AdministrationError.self, from: answer.body)
                #expect(error.code == .stopping)
            }
        }
    }

    @Test(
        "A path that no socket can have is told at the start, and the daemon goes on",
        .timeLimit(.minutes(10))
    )
    func longPath() async throws {
        try await AdministrationBench.use { bench in
            let log = InMemoryLogHandler()
            let path = "/tmp/" + String(repeating: "x", count: 100)
            let socket = ControlSocket(outboxPath: path)
            #expect(!socket.isPossible)
            #expect(socket.impossibleReason.hasPrefix("\(path).sock is too long for a socket by 7 bytes"))
            let server = ControlServer(
                socket: socket,
                administration: bench.administration,
                desk: .stub,
                limits: .control(IngestLimits()),
                logger: Logger(label: "test") { _ in log }
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                while log.entries.isEmpty { await Task.yield() }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(log.entries.first?.level == .error)
        }
    }

    @Test("A file that is no socket is not touched")
    func otherFile() async throws {
        try await AdministrationBench.use { bench in
            let socket = ControlSocket(outboxPath: bench.path)
            let text = Data("notes".utf8)
            try text.write(to: URL(fileURLWithPath: socket.path))
            #expect(throws: ControlSocketError.self) { try socket.prepare() }
            socket.remove()
            #expect(try Data(contentsOf: URL(fileURLWithPath: socket.path)) == text)
        }
    }
}

extension DaemonDesk {
    /// One that reloads nothing and listens at two addresses.
    fileprivate static let stub = DaemonDesk(
        reload: { () async throws(AdministrationError) -> ReloadRequest.Report in
            throw AdministrationError(
                .invalidConfiguration,
                "forgewire.yml:1:1: what\nforgewire.yml:2:1: why"
            )
        },
        addresses: { [.tcp(host: "127.0.0.1", port: 9000), .unix(path: "/run/hooks")] }
    )
}
