import Glibc
import TestKit
import Testing

@testable import Ingest

@Suite("Unix sockets", .timeLimit(.minutes(10)))
struct UnixSocketTests {
    private func server(at path: String) -> IngestServer {
        let settings = IngestSettings.small {
            $0.listen = [.unix(path: path)]
            $0.limits.connectionsPerAddress = 1
            // On a busy machine it takes long until a client that has connected sends.
            $0.limits.headerTimeout = .seconds(600)
        }
        return IngestServer(settings: settings, drain: .zero, context: .stub(sink: StubSink()))
    }

    private func mode(of path: String) -> mode_t? {
        var status = stat()
        // The path and the result live as long as the call.
        return unsafe lstat(path, &status) == 0 ? status.st_mode : nil
    }

    @Test("The socket is there for owner and group while the server runs, and gone afterwards")
    func file() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        let server = server(at: path)
        try await server.start()
        #expect(mode(of: path) == S_IFSOCK | 0o660)
        await server.stop(within: .zero)
        #expect(mode(of: path) == nil)
    }

    @Test("Peers without an address are not limited by address")
    func noAddressLimit() async throws {
        let folder = try TemporaryFolder()
        let server = server(at: folder.path("s"))
        try await server.start()
        var clients: [TestClient] = []
        for number in 1...3 {
            let client = try await TestClient(to: .unix(path: folder.path("s")))
            try await client.send(TestRequest.post("\(number)"))
            #expect(await client.answer()?.status == 202)
            clients.append(client)
        }
        #expect(server.connectionCount == 3)
        for client in clients { try await client.close() }
        await server.stop(within: .seconds(5))
    }

    @Test("The file of a process that is gone makes way")
    func stale() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        // A second name of a socket's file stays when the socket is closed, as a dead process leaves its
        // file.
        let first = server(at: folder.path("first"))
        try await first.start()
        // Both paths live as long as the call.
        #expect(unsafe link(folder.path("first"), path) == 0)
        await first.stop(within: .zero)
        #expect(mode(of: path) != nil)
        let server = server(at: path)
        try await server.start()
        let client = try await TestClient(to: .unix(path: path))
        try await client.send(TestRequest.post("1"))
        #expect(await client.answer()?.status == 202)
        try await client.close()
        await server.stop(within: .seconds(5))
    }

    @Test("The socket of a living process is left alone")
    func alive() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        let first = server(at: path)
        try await first.start()
        let second = server(at: path)
        let error = await #expect(throws: IngestError.self) { try await second.start() }
        #expect(error?.code == .addressInUse)
        #expect(error?.message.contains("another process listens there") == true)
        #expect(mode(of: path) != nil)
        await first.stop(within: .zero)
    }

    @Test("A file that is no socket is left alone")
    func noSocket() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        // The path lives as long as the call.
        let descriptor = unsafe open(path, O_CREAT | O_WRONLY, 0o600)
        close(descriptor)
        let server = server(at: path)
        let error = await #expect(throws: IngestError.self) { try await server.start() }
        #expect(error?.code == .addressInUse)
        #expect(error?.message.contains("not a socket") == true)
        #expect(mode(of: path) == S_IFREG | 0o600)
    }
}
