import Logging
import NIOCore
import NIOEmbedded
import Settings
import Testing

@testable import Daemon

@Suite("The guard of operators' connections")
struct ConnectionGuardTests {
    private static let get = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("A head of which a byte comes now and then is cut in the time of a head")
    func drip() throws {
        let bench = try GuardedBench()
        for byte in "GET / HTT" {
            try bench.send(String(byte))
            bench.wait(.seconds(1))
        }
        #expect(bench.channel.isActive)
        bench.wait(.seconds(1))
        #expect(!bench.channel.isActive)
        #expect(try bench.received().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
    }

    @Test("Who says nothing is cut in the time of a head, without an answer")
    func silence() throws {
        let bench = try GuardedBench()
        bench.wait(.milliseconds(9999))
        #expect(bench.channel.isActive)
        bench.wait(.milliseconds(1))
        #expect(!bench.channel.isActive)
        #expect(try bench.received().isEmpty)
    }

    @Test(
        "Between two requests there is the idle time, and from the first byte of the next the time of a head"
    )
    func keptAlive() throws {
        let bench = try GuardedBench()
        try bench.send(Self.get)
        try bench.answer()
        bench.wait(.seconds(59))
        #expect(bench.channel.isActive)
        try bench.send("G")
        bench.wait(.seconds(9))
        try bench.send("E")
        #expect(bench.channel.isActive)
        bench.wait(.seconds(1))
        #expect(!bench.channel.isActive)

        let idle = try GuardedBench()
        try idle.send(Self.get)
        try idle.answer()
        idle.wait(.seconds(60))
        #expect(!idle.channel.isActive)
        #expect(try !idle.received().contains("408"))
    }

    @Test("A body that stalls is cut in the time of a body")
    func stalledBody() throws {
        let bench = try GuardedBench()
        try bench.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1")
        bench.wait(.seconds(29))
        try bench.send("2")
        #expect(bench.channel.isActive)
        bench.wait(.seconds(1))
        #expect(!bench.channel.isActive)
        #expect(try bench.received().hasPrefix("HTTP/1.1 408 "))
    }

    @Test("A head over the limit is refused with 431 and never decoded")
    func longHead() throws {
        let bench = try GuardedBench()
        try bench.send("GET / HTTP/1.1\r\nX: " + String(repeating: "x", count: 40_000))
        #expect(!bench.channel.isActive)
        #expect(try bench.received().hasPrefix("HTTP/1.1 431 "))
        #expect(bench.heads.isEmpty)
    }

    @Test(
        "No body is read beyond the limit",
        arguments: ["Content-Length: 1000000", "Transfer-Encoding: chunked"]
    )
    func longBody(field: String) throws {
        let bench = try GuardedBench()
        try bench.send("POST / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n")
        for _ in 0..<8 where bench.channel.isActive {
            try bench.send("1000\r\n" + String(repeating: "x", count: 4096) + "\r\n")
        }
        #expect(!bench.channel.isActive)
        #expect(try bench.received().hasPrefix("HTTP/1.1 413 "))
    }

    @Test("An answer before the end of the request says that it is the last, and is")
    func earlyAnswer() throws {
        let bench = try GuardedBench()
        try bench.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n1")
        try bench.answer()
        #expect(try bench.received().lowercased().contains("\r\nconnection: close\r\n"))
        #expect(!bench.channel.isActive)
    }

    @Test("Pipelined requests wait until the one before is answered")
    func pipelined() throws {
        let bench = try GuardedBench()
        let filler = String(repeating: "x", count: 2000)
        try bench.send("GET /1 HTTP/1.1\r\nX: \(filler)\r\n\r\nGET /2 HTTP/1.1\r\nX: \(filler)\r\n\r\n")
        #expect(bench.heads == ["/1"])
        try bench.answer()
        #expect(bench.heads == ["/1", "/2"])
    }

    @Test("Work may take any time; whoever waits for a command's answer is told that it goes on")
    func work() throws {
        let admin = try GuardedBench()
        try admin.send(Self.get)
        admin.wait(.hours(1))
        #expect(admin.channel.isActive)
        #expect(try admin.received().isEmpty)

        let control = try GuardedBench(.control(IngestLimits()))
        try control.send("POST /v1/prune HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}")
        #expect(try control.received().isEmpty)
        control.wait(.seconds(7))
        #expect(try control.received() == String(repeating: "HTTP/1.1 102 Processing\r\n\r\n", count: 3))
        try control.answer()
        #expect(try control.received().hasPrefix("HTTP/1.1 200 OK\r\n"))
        control.wait(.seconds(7))
        #expect(try control.received().isEmpty)
    }

    @Test("A client that does not take its answer is cut")
    func slowReader() throws {
        let bench = try GuardedBench()
        try bench.send(Self.get)
        #expect(bench.connection.answering() == false)
        bench.wait(.seconds(30))
        #expect(!bench.channel.isActive)
    }

    @Test(
        "What is half sent does not delay the stop",
        arguments: ["", "POST /v1/pau", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"]
    )
    func stopHalfSent(text: String) throws {
        let bench = try GuardedBench(.control(IngestLimits()))
        if !text.isEmpty { try bench.send(text) }
        bench.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(!bench.channel.isActive)
    }

    @Test("What is worked on is answered before the stop, and the answer says that it is the last")
    func stopAtWork() throws {
        let bench = try GuardedBench()
        try bench.send(Self.get)
        bench.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(bench.channel.isActive)
        try bench.answer()
        #expect(try bench.received().lowercased().contains("\r\nconnection: close\r\n"))
        #expect(!bench.channel.isActive)
    }

    @Test("A connection that was accepted and that nobody handles any more does not end the process")
    func unhandled() throws {
        let channel = EmbeddedChannel()
        let server = GuardedChannel(responder: { _, _, _ in }, limits: GuardedBench.limits)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        // The value is dropped, as it is when the server stops at that moment.
        _ = try server.setup(channel: channel, logger: logger).wait()
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        #expect(!channel.isActive)
    }

    @Test("One connection too many closes the one that has been idle for longest, never one at work")
    func crowded() throws {
        let roster = ConnectionRoster(connectionsMax: 2)
        let busy = try GuardedBench(roster: roster)
        try busy.send(Self.get)
        let idle = try GuardedBench(roster: roster)
        let third = try GuardedBench(roster: roster)
        #expect(busy.channel.isActive && !idle.channel.isActive && third.channel.isActive)
        try third.send(Self.get)
        #expect(!roster.admit(EmbeddedChannel()))
        #expect(busy.channel.isActive && third.channel.isActive)
    }
}
