import Events
import Glibc
import Logging
import Metrics
import MetricsTestKit
import NIOCore
import NIOPosix
import ServiceLifecycle
import TestKit
import Testing

@testable import Ingest

@Suite("Ingest over real sockets", .timeLimit(.minutes(10)))
struct IngestServerTests {
    /// A running server with its client's view.
    private struct Subject {
        let sink: StubSink
        let server: IngestServer
        let address: ListenAddress
        let metrics = TestMetrics()

        init(isImmediate: Bool = true, adopting: [CInt] = [], settings: IngestSettings = .small())
            async throws
        {
            sink = StubSink(isImmediate: isImmediate)
            let context = IngestContext.stub(sink: sink, metrics: metrics)
            var settings = settings
            // However slow the machine is, no client is too slow.
            settings.limits.headerTimeout = .seconds(3600)
            settings.limits.bodyTimeout = .seconds(3600)
            server = IngestServer(
                settings: settings,
                adopting: adopting,
                drain: .seconds(5),
                context: context
            )
            address = try #require(try await server.start().first)
        }

        func client() async throws -> TestClient { try await TestClient(to: address) }

        /// Stops the server and checks that nothing is left.
        func finish() async {
            await server.stop(within: .seconds(5))
            #expect(server.connectionCount == 0)
            #expect(server.inFlightBytes == 0)
        }
    }

    @Test("Deliveries are taken one after another on one connection")
    func keepAlive() async throws {
        let subject = try await Subject()
        let client = try await subject.client()
        for number in 1...3 {
            try await client.send(TestRequest.post("\(number)"))
            let answer = try #require(await client.answer())
            #expect(answer.status == 202)
            #expect(
                answer.body == #"{"status":"accepted","delivery":\#(number),"events":[\#(number + 100)]}"#
            )
        }
        #expect(subject.server.isOpen)
        try await client.close()
        await subject.finish()
        #expect(!subject.server.isOpen)
    }

    @Test("A body larger than the loop takes goes another way to the same answer")
    func largeBody() async throws {
        let settings = IngestSettings.small {
            $0.maxBodyBytes = 2_000_000
            $0.limits.inFlightBytes = 2_000_000
        }
        let subject = try await Subject(settings: settings)
        let client = try await subject.client()
        let body = String(repeating: "0123456789", count: 150_000)
        try await client.send(TestRequest.post(body) + TestRequest.post("2"))
        #expect(await client.answer()?.status == 202)
        #expect(await client.answer()?.status == 202)
        #expect(subject.sink.bodies == [Array(body.utf8), Array("2".utf8)])
        try await client.close()
        await subject.finish()
    }

    @Test("A client that sends 30 MB before it reads still sees why they are not taken")
    func lingering() async throws {
        let subject = try await Subject()
        let client = try await subject.client()
        let length = 30_000_000
        try await client.send(
            "POST /webhooks/github HTTP/1.1\r\nHost: a\r\nContent-Length: \(length)\r\n\r\n"
        )
        try await client.send(String(repeating: "a", count: length))
        let answer = try #require(await client.answer())
        #expect(answer.status == 413)
        #expect(answer.closes)
        #expect(await client.isEnded())
        try await client.close()
        await subject.finish()
    }

    @Test(
        "White space around a field's value is no part of it",
        arguments: [("a", "a"), ("  a b \t ", "a b"), (" \t", ""), ("é ", "é")]
    )
    func fieldValues(value: String, kept: String) async throws {
        let subject = try await Subject()
        let client = try await subject.client()
        try await client.send(TestRequest.post("echo", fields: "X-Echo:\(value)\r\n"))
        #expect(await client.answer()?.status == 202)
        #expect(subject.sink.bodies == [Array(kept.utf8)])
        try await client.close()
        await subject.finish()
    }

    @Test("A client that half-closes behind its request reads the answer")
    func halfClosed() async throws {
        let subject = try await Subject(isImmediate: false)
        let client = try await subject.client()
        try await client.send(TestRequest.post("1"))
        try await client.endOutput()
        await subject.sink.arrived()
        subject.sink.commit()
        #expect(await client.answer()?.status == 202)
        #expect(await client.isEnded())
        await subject.finish()
    }

    @Test("A connection too many is told so and closed")
    func connectionLimit() async throws {
        let subject = try await Subject(settings: .small { $0.limits.connections = 1 })
        let first = try await subject.client()
        try await first.send(TestRequest.post("1"))
        #expect(await first.answer()?.status == 202)
        let second = try await subject.client()
        second.trySend(TestRequest.post("2"))
        let refusal = try #require(await second.answer())
        #expect(refusal.status == 503)
        #expect(refusal.fields["retry-after"] == "10")
        #expect(refusal.closes)
        #expect(await second.isEnded())
        #expect(subject.sink.bodies.count == 1)
        let counter = try subject.metrics.expectCounter("forgewire_ingest_connections_refused_total")
        #expect(counter.totalValue == 1)
        try await first.close()
        try await second.close()
        await subject.finish()
    }

    @Test("One address cannot take all connections, and one that lingers counts until its client is gone")
    func addressLimit() async throws {
        let subject = try await Subject(settings: .small { $0.limits.connectionsPerAddress = 1 })
        let first = try await subject.client()
        try await first.send(TestRequest.post("1", fields: "Connection: close\r\n"))
        #expect(await first.answer()?.status == 202)
        let second = try await subject.client()
        #expect(await second.answer()?.status == 503)
        try await first.close()
        try await second.close()
        await subject.finish()
    }

    @Test("A stop answers what is in progress and what comes on open connections, and takes no new one")
    func gracefulStop() async throws {
        let subject = try await Subject(isImmediate: false)
        let fresh = try await subject.client()
        let resting = try await subject.client()
        try await resting.send(TestRequest.post("0"))
        await subject.sink.arrived()
        subject.sink.commit()
        #expect(await resting.answer()?.status == 202)
        let busy = try await subject.client()
        try await busy.send(TestRequest.post("1"))
        await subject.sink.arrived()
        async let stopped: Void = subject.server.stop(within: .seconds(50))
        #expect(await resting.isEnded())
        #expect(await fresh.isEnded())
        subject.sink.commit()
        let answer = try #require(await busy.answer())
        #expect(answer.status == 202)
        #expect(answer.closes)
        try await busy.close()
        await stopped
        #expect(subject.server.connectionCount == 0)
        await #expect(throws: (any Error).self) { try await subject.client() }
    }

    @Test("A stop does not wait for ever")
    func cutStop() async throws {
        let subject = try await Subject(isImmediate: false)
        let client = try await subject.client()
        try await client.send(TestRequest.post("1"))
        await subject.sink.arrived()
        await subject.server.stop(within: .zero)
        #expect(await client.isEnded())
        #expect(subject.server.connectionCount == 0)
        #expect(subject.server.inFlightBytes == 2)
        subject.sink.commit()
        // The answer goes through the connection's event loop, and all of the group's loops are behind it
        // then.
        for loop in MultiThreadedEventLoopGroup.singleton.makeIterator() { try await loop.submit {}.get() }
        #expect(subject.server.inFlightBytes == 0)
    }

    @Test("Several addresses are served at once, and each is reported with its real port")
    func severalAddresses() async throws {
        let folder = try TemporaryFolder()
        let settings = IngestSettings.small {
            $0.listen = [
                .tcp(host: "127.0.0.1", port: 0), .tcp(host: "::1", port: 0), .unix(path: folder.path("s")),
            ]
        }
        let sink = StubSink()
        let server = IngestServer(settings: settings, drain: .zero, context: .stub(sink: sink))
        let addresses = try await server.start()
        #expect(addresses.count == 3)
        for (number, address) in addresses.enumerated() {
            if case .tcp(_, let port) = address { #expect(port > 0) }
            let client = try await TestClient(to: address)
            try await client.send(TestRequest.post("\(number)"))
            #expect(await client.answer()?.status == 202)
            try await client.close()
        }
        await server.stop(within: .seconds(5))
    }

    @Test("A listening socket that is handed over is served instead of the configured addresses")
    func adopted() async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #expect(listen(descriptor, 5) == 0)
        let settings = IngestSettings.small { $0.listen = [.tcp(host: "192.0.2.1", port: 1)] }
        let subject = try await Subject(adopting: [descriptor], settings: settings)
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
        guard case .tcp(_, let port) = subject.address else {
            Issue.record("not a TCP address: \(subject.address)")
            return
        }
        let client = try await TestClient(to: .tcp(host: "127.0.0.1", port: port))
        try await client.send(TestRequest.post("1"))
        #expect(await client.answer()?.status == 202)
        try await client.close()
        await subject.finish()
    }

    @Test("A descriptor that does not listen is an error")
    func adoptedNonsense() async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        let server = IngestServer(
            settings: .small(),
            adopting: [descriptor],
            drain: .zero,
            context: .stub(sink: StubSink())
        )
        let error = await #expect(throws: IngestError.self) { try await server.start() }
        #expect(error?.code == .notListening)
        #expect(!server.isOpen)
    }

    @Test("An address that is taken, foreign or unknown is an error that says so, and nothing stays open")
    func bindFailures() async throws {
        let subject = try await Subject()
        let cases: [(ListenAddress, IngestError.Code)] = [
            (subject.address, .addressInUse),
            (.tcp(host: "192.0.2.1", port: 0), .addressNotAvailable),
            (.unix(path: "/nonexistent/" + String(repeating: "a", count: 200)), .addressNotAvailable),
        ]
        let folder = try TemporaryFolder()
        for (address, code) in cases {
            let settings = IngestSettings.small { $0.listen = [.unix(path: folder.path("s")), address] }
            let server = IngestServer(settings: settings, drain: .zero, context: .stub(sink: StubSink()))
            let error = await #expect(throws: IngestError.self) { try await server.start() }
            #expect(error?.code == code)
            #expect(error?.message.contains("cannot listen on \(address): ") == true)
            #expect(unsafe access(folder.path("s"), F_OK) != 0)
        }
        await subject.finish()
    }

    @Test("As a service it runs until the graceful shutdown")
    func service() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("s")
        let settings = IngestSettings.small { $0.listen = [.unix(path: path)] }
        let server = IngestServer(settings: settings, drain: .seconds(5), context: .stub(sink: StubSink()))
        let group = ServiceGroup(
            services: [server],
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        async let ended: Void = group.run()
        while !server.isOpen { await Task.yield() }
        let client = try await TestClient(to: .unix(path: path))
        try await client.send(TestRequest.post("1"))
        #expect(await client.answer()?.status == 202)
        await group.triggerGracefulShutdown()
        try await ended
        #expect(await client.isEnded())
        #expect(unsafe access(path, F_OK) != 0)
    }
}
