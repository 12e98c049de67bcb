import Events
import NIOHTTP1
import Synchronization
import Testing
import TestKit

@testable import Dispatcher

@Suite("Addresses of endpoints", .timeLimit(.minutes(10)))
struct EndpointAddressTests {
    /// A runner for a name that stands for the given addresses.
    private func runner(
        _ server: EndpointServer,
        _ addresses: ChangingAddresses,
        allowing allowed: @escaping @Sendable ([UInt8]) -> Bool
    ) -> EndpointRunner {
        var settings = EndpointFixture.settings(port: server.port, host: "endpoint.test")
        settings.allowedAddresses = allowed
        settings.concurrency = 1  // a second attempt may come before the connection has been given back
        return EndpointRunner(settings, clock: ManualClock().machineClock) { addresses.current }
    }

    /// A second server at the same port of another address of loopback.
    private func runTwo<Value>(_ body: (EndpointServer, EndpointServer) async throws -> Value) async throws
        -> Value
    {
        try await EndpointServer.run([.ok]) { first in
            try await EndpointServer.run([.ok], on: "127.0.0.2", port: first.port) { second in
                try await body(first, second)
            }
        }
    }

    @Test(
        "An internal address is refused in every spelling before anything is sent",
        arguments: [
            "127.0.0.1", "localhost", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "127.1",
            "127.000.000.001", "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
            "[0:0:0:0:0:ffff:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[::127.0.0.1]",
        ]
    )
    func refused(_ host: String) async throws {
        try await EndpointServer.run([.ok]) { server in
            var settings = EndpointFixture.settings(port: server.port, host: host)
            settings.allowedAddresses = { _ in false }
            let error = try #require(await EndpointFixture.outcome(settings) as? EndpointError)
            switch error {
            // Not every system's resolver reads every spelling.
            case .internalAddress, .unresolved: break
            default: Issue.record("\(error)")
            }
            #expect(server.connections == 0)
        }
    }

    @Test("A refusal names the address and the way to allow it")
    func message() async throws {
        var settings = EndpointFixture.settings(port: 9)
        settings.allowedAddresses = { _ in false }
        let error = try #require(await EndpointFixture.outcome(settings))
        #expect(
            "\(error)" == "the endpoint's address 127.0.0.1 is internal; allow it with allowAddresses"
        )
    }

    @Test("A name that stands for an internal address is refused like the address")
    func name() async throws {
        try await EndpointServer.run([.ok]) { server in
            let runner = runner(server, ChangingAddresses(["10.0.0.7", "127.0.0.1"])) { _ in false }
            let error = try #require(await EndpointFixture.error(of: runner))
            #expect(
                "\(error)" == "the endpoint's address 10.0.0.7 is internal; allow it with allowAddresses"
            )
            #expect(server.connections == 0)
            await runner.close()
        }
    }

    @Test("A spelling that only the system's resolver reads is connected to once its address is allowed")
    func spelling() async throws {
        try await EndpointServer.run([.ok]) { server in
            let settings = EndpointFixture.settings(port: server.port, host: "127.1")
            #expect(await EndpointFixture.outcome(settings) == nil)
            #expect(server.received.first?.headers["host"] == ["127.1:\(server.port)"])
        }
    }

    @Test("Of several addresses only those that are allowed are used")
    func several() async throws {
        try await runTwo { first, second in
            let addresses = ChangingAddresses(["127.0.0.1", "::1", "127.0.0.2"])
            let runner = runner(first, addresses) { $0 == [127, 0, 0, 2] }
            #expect(await EndpointFixture.error(of: runner) == nil)
            #expect(second.received.first?.headers["host"] == ["endpoint.test:\(first.port)"])
            #expect(first.connections == 0)
            await runner.close()
        }
    }

    @Test("An address that refuses the connection gives way to the next one, which is kept to")
    func nextAddress() async throws {
        try await EndpointServer.run([.ok], on: "127.0.0.2") { server in
            let addresses = ChangingAddresses(["127.0.0.3", "127.0.0.2"])
            let runner = runner(server, addresses) { $0.first == 127 }
            #expect(await EndpointFixture.error(of: runner) == nil)
            #expect(await EndpointFixture.error(of: runner, EndpointFixture.attempt(2)) == nil)
            #expect(server.connections == 1)
            await runner.close()
        }
    }

    @Test("An address that takes the request keeps it: what it does not answer goes to no other")
    func onlyOnce() async throws {
        try await EndpointServer.run([.init(text: "", end: .closes)]) { first in
            try await EndpointServer.run([.ok], on: "127.0.0.2", port: first.port) { second in
                let addresses = ChangingAddresses(["127.0.0.1", "127.0.0.2"])
                let runner = runner(first, addresses) { $0.first == 127 }
                #expect(await EndpointFixture.error(of: runner) is EndpointError)
                #expect(second.connections == 0)
                await runner.close()
            }
        }
    }

    @Test("A name that moves is followed, although a connection to the old address is there")
    func moves() async throws {
        try await runTwo { first, second in
            let addresses = ChangingAddresses(["127.0.0.1"])
            let runner = runner(first, addresses) { $0.first == 127 }
            #expect(await EndpointFixture.error(of: runner) == nil)
            addresses.change(to: ["127.0.0.2"])
            #expect(await EndpointFixture.error(of: runner, EndpointFixture.attempt(2)) == nil)
            #expect(first.received.count == 1)
            #expect(second.received.count == 1)
            await runner.close()
        }
    }

    @Test("A name that moves to an internal address is refused, although a connection is there")
    func rebinds() async throws {
        try await EndpointServer.run([.ok]) { server in
            let addresses = ChangingAddresses(["127.0.0.1"])
            let runner = runner(server, addresses) { $0 == [127, 0, 0, 1] }
            #expect(await EndpointFixture.error(of: runner) == nil)
            addresses.change(to: ["169.254.169.254"])
            let error = await EndpointFixture.error(of: runner, EndpointFixture.attempt(2))
            guard case .internalAddress = error as? EndpointError else {
                Issue.record("\(error.debugDescription)")
                return
            }
            #expect(server.received.count == 1)
            await runner.close()
        }
    }

    @Test("A connection is judged again by the address that it really has, before the request")
    func judgedTwice() async throws {
        try await EndpointServer.run([.ok]) { server in
            let judgements = Mutex(0)
            let runner = runner(server, ChangingAddresses(["127.0.0.1"])) { _ in
                judgements.withLock { count in
                    count += 1
                    return count == 1
                }
            }
            let error = await EndpointFixture.error(of: runner)
            #expect(error as? EndpointError == EndpointAddress([127, 0, 0, 1]).map { .internalAddress($0) })
            #expect(await server.nextClosing() == 1)
            #expect(server.received.isEmpty)
            await runner.close()
        }
    }

    @Test("A name that moves all the time leaves few clients behind, but none that is in use ends")
    func manyAddresses() async throws {
        let target = try #require(EndpointTarget(url: "http://endpoint.test/"))
        let clients = EndpointClients(
            target: target,
            concurrency: 1,
            caFile: nil,
            idleTimeout: .seconds(4)
        ) { _ in true }
        let used = try #require(EndpointAddress([8, 8, 8, 255]))
        try await clients.withClient(for: used) { first in
            for number in UInt8(1)...20 {
                let address = try #require(EndpointAddress([8, 8, 8, number]))
                try await clients.withClient(for: address) { #expect($0 !== first) }
            }
            #expect(clients.count == 3)
            try await clients.withClient(for: used) { #expect($0 === first) }
        }
        #expect(clients.count == 2)
        await clients.close()
        #expect(clients.count == 0)
    }

    @Test("A name without an address is a failure that names it")
    func unresolved() async throws {
        try await EndpointServer.run([.ok]) { server in
            let runner = runner(server, ChangingAddresses([])) { _ in true }
            let error = try #require(await EndpointFixture.error(of: runner))
            #expect("\(error)" == "cannot resolve endpoint.test: the name has no address")
            await runner.close()
        }
    }

    @Test("The system's refusal to resolve a name is told")
    func systemRefusal() async throws {
        // Too long for a label, so that no resolver asks anybody.
        let host = String(repeating: "a", count: 64) + ".test"
        let resolver = EndpointResolver(host: host)
        let error = await #expect(throws: EndpointError.self) { try await resolver.addresses() }
        #expect(error?.description.hasPrefix("cannot resolve \(host): ") == true)
    }

    @Test("An attempt does not wait for a resolver beyond its end")
    func hangingResolver() async {
        let (stream, entry) = AsyncStream<Void>.makeStream()
        let settings = EndpointFixture.settings(port: 9, host: "endpoint.test")
        let runner = EndpointRunner(settings, clock: ManualClock().machineClock) {
            entry.yield()
            try await waitForCancellation()
            return []
        }
        let error = await withTaskGroup(of: (any Error)?.self) { group in
            group.addTask { await EndpointFixture.error(of: runner) }
            _ = await stream.first { _ in true }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(error is CancellationError)
        await runner.close()
    }
}
