import Events
import Synchronization
import Testing
import TestKit

@testable import Dispatcher

@Suite("Connections to endpoints", .timeLimit(.minutes(10)))
struct EndpointConnectionTests {
    @Test("Attempts one after another use one connection")
    func reuse() async throws {
        try await EndpointServer.run([.status("500 Oops", body: "no"), .ok]) { server in
            var settings = EndpointFixture.settings(port: server.port)
            settings.concurrency = 1  // a second attempt may come before the connection has been given back
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
            #expect(await EndpointFixture.error(of: runner) is EndpointError)
            #expect(await EndpointFixture.error(of: runner, EndpointFixture.attempt(2)) == nil)
            #expect(await EndpointFixture.error(of: runner, EndpointFixture.attempt(3)) == nil)
            #expect(server.received.map(\.connection) == [1, 1, 1])
            await runner.close()
            #expect(await server.nextClosing() == 1)
        }
    }

    @Test("A port where nobody listens is a failure that says so")
    func refused() async throws {
        let port = try await EndpointServer.run([]) { $0.port }
        let error = try #require(await EndpointFixture.outcome(EndpointFixture.settings(port: port)))
        #expect("\(error)" == "cannot connect to 127.0.0.1: connection refused")
    }

    @Test("A connection that ends without an answer is a failure")
    func noAnswer() async throws {
        let error = try await EndpointFixture.outcome(of: .init(text: "", end: .closes)) as? EndpointError
        guard case .connectionLost = error else {
            Issue.record("\(error.debugDescription)")
            return
        }
    }

    @Test("What is no HTTP is a failure")
    func notHTTP() async throws {
        let error = try await EndpointFixture.outcome(
            of: .init(text: "SSH-2.0-OpenSSH_9.9\r\n", end: .closes)
        )
        #expect(error as? EndpointError == .notHTTP)
    }

    @Test("A head without an end is not read for ever")
    func endlessHead() async throws {
        let answer = EndpointServer.Answer(text: "HTTP/1.1 200 OK\r\nx-endless: ", end: .neverEnds)
        #expect(try await EndpointFixture.outcome(of: answer) as? EndpointError == .notHTTP)
    }

    @Test("Cancellation ends a request at once, and its connection")
    func cancelled() async throws {
        try await EndpointServer.run([.hangs]) { server in
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
            let error = await withTaskGroup(of: (any Error)?.self) { group in
                group.addTask { await EndpointFixture.error(of: runner) }
                await server.nextRequest()
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(error is CancellationError)
            #expect(await server.nextClosing() == 1)
            await runner.close()
        }
    }

    @Test("An attempt that is cancelled before it begins sends nothing")
    func cancelledBefore() async throws {
        try await EndpointServer.run([.ok]) { server in
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
            let error = await withTaskGroup(of: (any Error)?.self) { group in
                group.cancelAll()
                group.addTask { await EndpointFixture.error(of: runner) }
                return await group.next() ?? nil
            }
            #expect(error is CancellationError)
            await runner.close()
            #expect(server.received.isEmpty)
        }
    }

    @Test("Closing ends a request under way, and refuses every later one")
    func closed() async throws {
        try await EndpointServer.run([.hangs]) { server in
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
            async let error = EndpointFixture.error(of: runner)
            await server.nextRequest()
            await runner.close()
            #expect(await error as? EndpointError == .closed)
            #expect(await server.nextClosing() == 1)
            #expect(await EndpointFixture.error(of: runner) as? EndpointError == .closed)
            await runner.close()
            #expect(server.connections == 1)
        }
    }

    @Test("A body without an end is read to the limit, then its connection is closed; the status decides")
    func endless() async throws {
        let head = "HTTP/1.1 200 OK\r\n\r\n"
        try await EndpointServer.run([.init(text: head, end: .neverEnds)]) { server in
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
            #expect(await EndpointFixture.error(of: runner) == nil)
            #expect(await server.nextClosing() == 1)
            await runner.close()
        }
    }

    @Test("A body that trickles is waited for only so long; the status decides", arguments: [200, 500])
    func trickle(_ status: Int) async throws {
        let head = "HTTP/1.1 \(status) X\r\ncontent-length: 1000\r\n\r\nslow"
        try await EndpointServer.run([.init(text: head)]) { server in
            let clock = ManualClock()
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: clock.machineClock)
            async let error = EndpointFixture.error(of: runner)
            await clock.sleeper(for: EndpointRunner.bodyTimeout)
            clock.advance(by: EndpointRunner.bodyTimeout)
            #expect((await error == nil) == (status == 200))
            #expect(await server.nextClosing() == 1)
            await runner.close()
        }
    }

    @Test("Near the deadline a body that trickles is waited for half of the time that is left")
    func trickleNearDeadline() async throws {
        let head = "HTTP/1.1 200 X\r\ncontent-length: 1000\r\n\r\nslow"
        try await EndpointServer.run([.init(text: head)]) { server in
            let clock = ManualClock()
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: clock.machineClock)
            var attempt = EndpointFixture.attempt()
            attempt.deadline = .showing(clock.now.advanced(by: .seconds(3)))
            async let error = EndpointFixture.error(of: runner, attempt)
            await clock.sleeper(for: .milliseconds(1500))
            clock.advance(by: .milliseconds(1500))
            #expect(await error == nil)
            await runner.close()
        }
    }

    @Test("A body that trickles ends with the attempt")
    func trickleCancelled() async throws {
        let head = "HTTP/1.1 500 X\r\ncontent-length: 1000\r\n\r\nslow"
        try await EndpointServer.run([.init(text: head)]) { server in
            let clock = ManualClock()
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: clock.machineClock)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await EndpointFixture.error(of: runner) }
                await clock.sleeper(for: EndpointRunner.bodyTimeout)
                group.cancelAll()
            }
            #expect(await server.nextClosing() == 1)
            await runner.close()
        }
    }

    @Test("A head that trickles ends with the attempt")
    func headTrickle() async throws {
        try await EndpointServer.run([.init(text: "HTTP/1.1 200 OK\r\nx-slow: 1\r\n")]) { server in
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
            let error = await withTaskGroup(of: (any Error)?.self) { group in
                group.addTask { await EndpointFixture.error(of: runner) }
                await server.nextRequest()
                group.cancelAll()
                return await group.next() ?? nil
            }
            #expect(error is CancellationError)
            #expect(await server.nextClosing() == 1)
            await runner.close()
        }
    }

    @Test("A body that breaks off does not change what the status says", arguments: [200, 500])
    func brokenBody(_ status: Int) async throws {
        let text = "HTTP/1.1 \(status) X\r\ncontent-length: 1000\r\n\r\nthe beginning"
        let error = try await EndpointFixture.outcome(of: .init(text: text, end: .closes))
        #expect((error == nil) == (status == 200))
        if status == 500 {
            let answer = "500 Internal Server Error: the beginning"
            #expect(error as? EndpointError == .refused(answer: answer))
        }
    }

    @Test("Attempts at once have a connection each")
    func concurrency() async throws {
        try await EndpointServer.run([.hangs]) { server in
            let settings = EndpointFixture.settings(port: server.port)
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
            await withTaskGroup(of: Void.self) { group in
                for number in 1...4 {
                    group.addTask {
                        _ = await EndpointFixture.error(of: runner, EndpointFixture.attempt(number))
                    }
                }
                for _ in 1...4 { await server.nextRequest() }
                group.cancelAll()
            }
            #expect(Set(server.received.map(\.connection)) == [1, 2, 3, 4])
            await runner.close()
        }
    }

    @Test("A runner that goes without being closed leaves no connection behind")
    func dropped() async throws {
        try await EndpointServer.run([.ok]) { server in
            do {
                let settings = EndpointFixture.settings(port: server.port)
                let runner = EndpointRunner(settings, clock: ManualClock().machineClock)
                #expect(await EndpointFixture.error(of: runner) == nil)
            }
            #expect(await server.nextClosing() == 1)
        }
    }

    @Test(
        "A URL that cannot be used fails every attempt",
        arguments: ["", "http://", "ftp://a.example/", "://"]
    )
    func badURL(_ url: String) async {
        let settings = EndpointSettings(
            url: url,
            webhookID: { "msg_\($0.event)" },
            userAgent: "x",
            concurrency: 1
        )
        #expect(await EndpointFixture.outcome(settings) as? EndpointError == .unusableURL)
    }
}
