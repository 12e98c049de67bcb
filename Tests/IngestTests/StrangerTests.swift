import Events
import InMemoryLogging
import Logging
import NIOCore
import NIOEmbedded
import Testing

@testable import Ingest

@Suite("Strangers")
struct StrangerTests {
    private typealias Subject = ConnectionSubject

    @Test("A request that nothing can prove authentic is refused at its head, logged, and no body is kept")
    func unprovable() throws {
        let subject = try Subject()
        let head = "POST /webhooks/github HTTP/1.1\r\nHost: a\r\n" + StubAdmitter.unprovable
        try subject.connection.send(head + "Content-Length: 900\r\n\r\n")
        let answer = try #require(try subject.connection.answer())
        #expect(answer.status == 401)
        #expect(answer.closes)
        #expect(try subject.requests("unauthenticated") == 1)
        #expect(subject.sink.bodies.isEmpty)
    }

    @Test("A client that sends many requests at once has others served between them")
    func yieldsToOthers() throws {
        let subject = try Subject()
        let count = 3 * ConnectionHandler.requestsPerTurn
        let requests = String(repeating: TestRequest.post("{}"), count: count)
        try subject.connection.channel.writeInbound(ByteBuffer(string: requests))
        #expect(try subject.connection.answers().count == ConnectionHandler.requestsPerTurn)
        subject.connection.channel.embeddedEventLoop.advanceTime(by: .milliseconds(5))
        #expect(try subject.connection.answers().count == count - ConnectionHandler.requestsPerTurn)
    }

    @Test("A body in chunks of a byte each yields to other connections after a few of them")
    func chunksYieldToOthers() throws {
        let subject = try Subject()
        let blanks = Array(repeating: " ", count: 2 * ConnectionHandler.bodyPartsPerTurn)
        let request = TestRequest.chunked(["{"] + blanks + ["}"])
        try subject.connection.channel.writeInbound(ByteBuffer(string: request))
        #expect(try subject.connection.answers().isEmpty)
        subject.connection.channel.embeddedEventLoop.advanceTime(by: .milliseconds(5))
        #expect(try subject.connection.answers().map(\.status) == [202])
    }

    @Test(
        "Whom a trusted proxy names is told and counted, and nobody else's word is taken",
        arguments: [(true, "192.0.2.7"), (false, "unix")]
    )
    func forwarded(isTrusted: Bool, address: String) throws {
        let handler = InMemoryLogHandler()
        let logger = Logger(label: "test") { _ in handler }
        let sink = StubSink(isImmediate: false)
        let settings = IngestSettings.small {
            $0.trustedProxies = TrustedProxies(
                header: .xForwardedFor,
                containsAddress: { _ in false },
                containsUnix: isTrusted
            )
        }
        let connection = try EmbeddedConnection(
            settings: settings,
            context: .stub(sink: sink, logger: logger)
        )
        let fields = "X-Forwarded-For: 203.0.113.1, 192.0.2.7\r\nForwarded: for=203.0.113.2\r\n"
        try connection.send(TestRequest.post("{}", fields: fields))
        let usage = connection.shared.usages.take(ClientAddress(peer: isTrusted ? address : nil))
        #expect(usage.bytes == 4)
        sink.commit()
        #expect(usage.bytes == 0)
        try connection.send(TestRequest.post("forged", fields: fields))
        let notice = handler.entries.first { $0.level == .notice }
        #expect(notice?.metadata[LogKey.remoteAddress] == "\(address)")
    }
}
