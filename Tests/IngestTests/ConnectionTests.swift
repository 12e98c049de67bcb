import Events
import InMemoryLogging
import Logging
import Metrics
import MetricsTestKit
import NIOCore
import NIOEmbedded
import Testing

@testable import Ingest

@Suite("Connections")
struct ConnectionTests {
    private typealias Subject = ConnectionSubject

    @Test("An authentic delivery is handed over with its exact bytes and answered when it is committed")
    func accepted() throws {
        let subject = try Subject(isImmediate: false)
        try subject.connection.send(TestRequest.post("{\"a\":1}"))
        #expect(try subject.connection.answers().isEmpty)
        #expect(subject.sink.bodies == [Array("{\"a\":1}".utf8)])
        subject.sink.commit()
        let answer = try #require(try subject.connection.answer())
        #expect(answer.status == 202)
        #expect(answer.body == #"{"status":"accepted","delivery":12,"events":[15]}"#)
        #expect(!answer.closes)
        #expect(subject.connection.isOpen)
    }

    @Test("A duplicate, a forged request, a strange type and a broken outbox are told apart and counted")
    func outcomes() throws {
        let subject = try Subject()
        for body in ["{}", "{}", "xml"] { try subject.connection.send(TestRequest.post(body)) }
        subject.sink.breakDown()
        try subject.connection.send(TestRequest.post("[]"))
        #expect(subject.connection.isOpen)
        try subject.connection.send(TestRequest.post("forged"))
        let answers = try subject.connection.answers()
        #expect(answers.map(\.status) == [202, 202, 415, 503, 401])
        #expect(answers[1].body.contains(#""status":"duplicate""#))
        #expect(answers[3].fields["retry-after"] == "10")
        #expect(answers[4].body == #"{"error":"unauthenticated"}"#)
        #expect(answers.map(\.closes) == [false, false, false, false, true])
        #expect(!subject.connection.isOpen)
        for outcome in ["accepted", "duplicate", "unauthenticated", "unsupported", "unavailable"] {
            #expect(try subject.requests(outcome) == 1)
        }
        let sizes = try subject.metrics.expectRecorder("forgewire_ingest_body_bytes", [("source", "github")])
        #expect(sizes.values == [2, 2, 3, 2, 6])
        let times = try subject.metrics.expectTimer(
            "forgewire_ingest_duration_seconds",
            [("source", "github")]
        )
        #expect(times.values.count == 5)
    }

    @Test("The name of an unknown source gets into no label")
    func unknownSource() throws {
        let subject = try Subject()
        try subject.connection.send(TestRequest.post("", path: "/webhooks/stranger"))
        #expect(try subject.connection.answer()?.status == 404)
        let labels = subject.metrics.counters.flatMap(\.dimensions).map(\.1)
        #expect(!labels.contains("stranger"))
        let unrouted = try subject.metrics.expectCounter(
            "forgewire_ingest_unrouted_total",
            [("reason", "not_found")]
        )
        #expect(unrouted.totalValue == 1)
    }

    @Test("Requests in one piece are answered in order, one at a time")
    func pipelined() throws {
        let subject = try Subject(isImmediate: false)
        let requests =
            (1...4).map { TestRequest.post("\($0)") } + [TestRequest.chunked(["5"]), TestRequest.post("6")]
        try subject.connection.send(requests.joined())
        for number in 1...6 {
            #expect(subject.sink.bodies.count == number)
            #expect(subject.sink.waitingCount == 1)
            subject.sink.commit(delivery: Int64(number))
            #expect(try subject.connection.answer()?.body.contains("\"delivery\":\(number),") == true)
        }
        #expect(subject.sink.bodies == (1...6).map { Array("\($0)".utf8) })
    }

    @Test("Hundreds of pipelined requests that are answered at once do not nest")
    func manyPipelined() throws {
        let subject = try Subject(settings: .small { $0.limits.inFlightBytes = 1 << 20 })
        try subject.connection.send(String(repeating: TestRequest.chunked(["{}"]), count: 500))
        #expect(try subject.connection.answers().count == 500)
    }

    @Test("A request may come in any pieces")
    func splitBytes() throws {
        let subject = try Subject()
        let text =
            TestRequest.post("{\"a\":1}") + TestRequest.chunked(["{\"b\"", ":2}"], trailers: "T: x\r\n")
        for character in text.unicodeScalars { try subject.connection.send(String(character)) }
        #expect(try subject.connection.answers().map(\.status) == [202, 202])
        #expect(subject.sink.bodies == [Array("{\"a\":1}".utf8), Array("{\"b\":2}".utf8)])
        #expect(subject.connection.shared.budget.bytesHeld == 0)
    }

    @Test("A client that waits for it is told to send its body")
    func expectation() throws {
        let subject = try Subject()
        let request = TestRequest.post("{}", fields: "Expect: 100-continue\r\n")
        try subject.connection.send(String(request.dropLast(2)))
        #expect(try subject.connection.answer()?.status == 100)
        try subject.connection.send("{}")
        #expect(try subject.connection.answer()?.status == 202)
    }

    @Test("A slow head is answered 408 after its time, however the bytes trickle")
    func slowHead() throws {
        let subject = try Subject()
        for byte in "POST /web" {
            subject.connection.pass(1)
            try subject.connection.send(String(byte))
        }
        #expect(try subject.connection.answers().isEmpty)
        subject.connection.pass(1)
        let answer = try #require(try subject.connection.answer())
        #expect(answer.status == 408)
        #expect(answer.closes)
        #expect(!subject.connection.isOpen)
    }

    @Test("The head of a later request has its own time, from its first byte")
    func slowSecondHead() throws {
        let subject = try Subject()
        try subject.connection.send(TestRequest.post())
        #expect(try subject.connection.answer()?.status == 202)
        subject.connection.pass(50)
        try subject.connection.send("P")
        subject.connection.pass(9)
        #expect(subject.connection.isOpen)
        subject.connection.pass(1)
        #expect(try subject.connection.answer()?.status == 408)
    }

    @Test("A slow body is answered 408 and counted for its source")
    func slowBody() throws {
        let subject = try Subject()
        try subject.connection.send(String(TestRequest.post("{}").dropLast()))
        subject.connection.pass(29)
        #expect(subject.connection.isOpen)
        subject.connection.pass(1)
        #expect(try subject.connection.answer()?.status == 408)
        #expect(try subject.requests("timed_out") == 1)
        #expect(subject.connection.shared.budget.bytesHeld == 0)
    }

    @Test("A connection that rests is closed without a word")
    func idle() throws {
        let subject = try Subject()
        try subject.connection.send(TestRequest.post())
        #expect(try subject.connection.answer()?.status == 202)
        subject.connection.pass(74)
        #expect(subject.connection.isOpen)
        subject.connection.pass(1)
        #expect(!subject.connection.isOpen)
        #expect(try subject.connection.answers().isEmpty)
    }

    @Test("A delivery that takes long to commit is no reason to close")
    func slowCommit() throws {
        let subject = try Subject(isImmediate: false)
        try subject.connection.send(TestRequest.post())
        subject.connection.pass(500)
        subject.sink.commit()
        #expect(try subject.connection.answer()?.status == 202)
        #expect(subject.connection.isOpen)
    }

    @Test("A client that goes while its delivery commits disturbs nothing, and all counts return to zero")
    func disconnect() throws {
        let subject = try Subject(isImmediate: false)
        try subject.connection.send(TestRequest.post("{}"))
        // The body and the copy of it that is to be stored.
        #expect(subject.connection.shared.budget.bytesHeld == 4)
        subject.connection.cut()
        #expect(subject.connection.registry.isEmpty)
        subject.sink.commit()
        #expect(subject.connection.shared.budget.bytesHeld == 0)
        #expect(subject.sink.bodies.count == 1)
        #expect(try subject.requests("accepted") == 1)
    }

    @Test("A client that half-closes behind pipelined requests has all of them answered")
    func halfClosed() throws {
        let subject = try Subject(isImmediate: false)
        try subject.connection.send(TestRequest.post("1") + TestRequest.post("2"))
        subject.connection.endInput()
        subject.sink.commit()
        subject.sink.commit()
        let answers = try subject.connection.answers()
        #expect(answers.map(\.status) == [202, 202])
        #expect(answers.map(\.closes) == [false, true])
        #expect(!subject.connection.isOpen)
    }

    /// Counts how often more input is asked for.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    @Test("While a request is in progress nothing more is read from the client")
    func backpressure() throws {
        let subject = try Subject(isImmediate: false)
        let counter = ReadCounter()
        let channel = subject.connection.channel
        try channel.pipeline.syncOperations.addHandler(counter, position: .first)
        try subject.connection.send(TestRequest.post("1") + TestRequest.post("2"))
        let before = counter.count
        channel.read()
        #expect(counter.count == before)
        subject.sink.commit()
        #expect(counter.count == before)
        subject.sink.commit()
        #expect(counter.count == before + 1)
    }

    @Test("What arrives all the same is held up to a limit; beyond it only the request at hand is answered")
    func flood() throws {
        let settings = IngestSettings.small { $0.limits.inFlightBytes = 2 * InboundGate.heldBytesMax }
        let subject = try Subject(isImmediate: false, settings: settings)
        try subject.connection.send(TestRequest.post("1"))
        let requests = String(repeating: TestRequest.post("2"), count: 1000)
        while subject.connection.heldBytes + requests.utf8.count <= InboundGate.heldBytesMax {
            try subject.connection.send(requests)
        }
        try subject.connection.send(requests)
        #expect(subject.connection.heldBytes == 0)
        subject.sink.commit()
        #expect(try subject.connection.answer()?.closes == true)
        #expect(!subject.connection.isOpen)
        #expect(subject.sink.bodies.count == 1)
    }

    @Test("What arrives all the same counts against the budget of all connections, too")
    func floodBeyondBudget() throws {
        let settings = IngestSettings.small { $0.limits.inFlightBytes = 4000 }
        let subject = try Subject(isImmediate: false, settings: settings)
        try subject.connection.send(TestRequest.post("1"))
        try subject.connection.send(String(repeating: TestRequest.post("2"), count: 1000))
        #expect(subject.connection.heldBytes == 0)
        subject.sink.commit()
        #expect(try subject.connection.answer()?.closes == true)
        #expect(!subject.connection.isOpen)
        #expect(subject.sink.bodies.count == 1)
    }

    @Test("A client that half-closes within a request is answered 400")
    func truncated() throws {
        let subject = try Subject()
        try subject.connection.send("POST /webhooks/github HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{")
        subject.connection.endInput()
        #expect(try subject.connection.answer()?.status == 400)
        #expect(!subject.connection.isOpen)
        #expect(try subject.requests("malformed") == 1)
    }

    @Test("A request that asks for the end of the connection gets it")
    func connectionClose() throws {
        let subject = try Subject()
        try subject.connection.send(TestRequest.post("{}", fields: "Connection: close\r\n"))
        #expect(try subject.connection.answer()?.closes == true)
        #expect(!subject.connection.isOpen)
    }

    @Test("HTTP/1.0 closes, unless it asks to go on and is told so")
    func http10() throws {
        var subject = try Subject()
        try subject.connection.send(TestRequest.post("{}", version: "1.0"))
        #expect(try subject.connection.answer()?.closes == true)
        subject = try Subject()
        try subject.connection.send(
            TestRequest.post("{}", version: "1.0", fields: "Connection: keep-alive\r\n")
        )
        #expect(try subject.connection.answer()?.fields["connection"] == "keep-alive")
        #expect(subject.connection.isOpen)
    }

    @Test("A request to change the protocol is answered as it is, and then the connection ends")
    func upgrade() throws {
        let subject = try Subject()
        let fields = "Connection: Upgrade\r\nUpgrade: h2c\r\n"
        try subject.connection.send(TestRequest.post("{}", fields: fields))
        let answer = try #require(try subject.connection.answer())
        #expect(answer.status == 202)
        #expect(answer.closes)
    }

    @Test("While the daemon stops, what was begun is finished, and what is on its way is taken once")
    func stop() throws {
        var subject = try Subject(isImmediate: false)
        try subject.connection.send(TestRequest.post("1") + TestRequest.post("2"))
        subject.connection.stop()
        subject.sink.commit()
        let answer = try #require(try subject.connection.answer())
        #expect(answer.status == 202)
        #expect(answer.closes)
        #expect(subject.sink.bodies.count == 1)

        for begun in ["", "POST /webhooks/github HTTP/1.1\r\n"] {
            subject = try Subject()
            if !begun.isEmpty { try subject.connection.send(begun) }
            subject.connection.stop()
            subject.connection.pass(1)
            try subject.connection.send(String(TestRequest.post("{}").dropFirst(begun.count)))
            let last = try #require(try subject.connection.answer())
            #expect(last.status == 202)
            #expect(last.closes)
            #expect(!subject.connection.isOpen)
        }
    }

    @Test("While the daemon stops, a connection that says nothing is let go after two seconds")
    func silentStop() throws {
        let subject = try Subject()
        try subject.connection.send(TestRequest.post())
        subject.connection.stop()
        subject.connection.pass(1)
        #expect(subject.connection.isOpen)
        subject.connection.pass(1)
        #expect(!subject.connection.isOpen)
        #expect(try subject.connection.answers().count == 1)
    }

    @Test("A forged request is logged for the operator, without its body")
    func rejectionLog() throws {
        let handler = InMemoryLogHandler()
        let logger = Logger(label: "test") { _ in handler }
        let connection = try EmbeddedConnection(context: .stub(sink: StubSink(), logger: logger))
        try connection.send(TestRequest.post("forged"))
        let notices = handler.entries.filter { $0.level == .notice }
        #expect(notices.map(\.message) == ["A request is not authentic"])
        #expect(notices.first?.metadata[LogKey.sourceName] == "github")
        #expect(notices.first?.metadata[LogKey.errorMessage] == "the signature is wrong")
    }
}
