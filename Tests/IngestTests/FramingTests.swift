import MetricsTestKit
import Testing

@testable import Ingest

@Suite("Framing")
struct FramingTests {
    /// Something that a client sends, shown by its name.
    struct Input: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String

        init(_ name: String, _ text: String) {
            testDescription = name
            self.text = text
        }
    }

    private static let start = "POST /webhooks/github HTTP/1.1\r\n"
    private static let head = "\(start)Host: a\r\n"

    private static let broken: [Input] = [
        Input(
            "both lengths",
            "\(head)Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
        ),
        Input("both lengths, swapped", "\(head)Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}"),
        Input("two lengths", "\(head)Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"),
        Input("one length twice", "\(head)Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
        Input("a list of lengths", "\(head)Content-Length: 2, 2\r\n\r\n{}"),
        Input("a signed length", "\(head)Content-Length: +2\r\n\r\n{}"),
        Input("a negative length", "\(head)Content-Length: -2\r\n\r\n{}"),
        Input("an empty length", "\(head)Content-Length: \r\n\r\n{}"),
        Input("a hexadecimal length", "\(head)Content-Length: 0x2\r\n\r\n{}"),
        Input("an unknown coding", "\(head)Transfer-Encoding: gzip\r\n\r\n"),
        Input("a second coding", "\(head)Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        Input(
            "chunked twice",
            "\(head)Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        Input("a hidden coding", "\(head)Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
        Input(
            "chunks in HTTP/1.0",
            "POST /webhooks/github HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        Input("a bad chunk size", "\(head)Transfer-Encoding: chunked\r\n\r\nx\r\n{}\r\n0\r\n\r\n"),
        Input("a chunk longer than told", "\(head)Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"),
        Input("a huge chunk size", "\(head)Transfer-Encoding: chunked\r\n\r\n11111111111111111\r\n{}"),
        Input("no host", "\(start)Content-Length: 2\r\n\r\n{}"),
        Input("two hosts", "\(head)Host: b\r\nContent-Length: 2\r\n\r\n{}"),
        Input("an impossible host", "\(start)Host: a/b\r\nContent-Length: 2\r\n\r\n{}"),
        Input("a space before the colon", "\(start)Host : a\r\n\r\n"),
        Input("a folded line", "\(head)X-A: b\r\n c\r\n\r\n"),
        Input("a line without a colon", "\(head)nonsense\r\n\r\n"),
        Input("an empty name", "\(head): x\r\n\r\n"),
        Input("a bad name", "\(head)X(A): x\r\n\r\n"),
        Input("a control character", "\(head)X-A: a\u{0}b\r\n\r\n"),
        Input("a bare line feed", "POST /webhooks/github HTTP/1.1\nHost: a\n\n"),
        Input("a bare carriage return", "\(head)X-A: a\rX-B: b\r\n\r\n"),
        Input("no version", "POST /webhooks/github\r\n\r\n"),
        Input("a wrong version", "POST /webhooks/github HTTP/3.7\r\nHost: a\r\n\r\n"),
        Input("another protocol", "\u{16}\u{3}\u{1}\u{2}\r\n\r\n"),
        Input("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Input("an unknown method", "NONSENSE /webhooks/github HTTP/1.1\r\nHost: a\r\n\r\n"),
    ]

    private static let oversized: [Input] = [
        Input("one long field", "\(head)X-A: " + String(repeating: "a", count: 3000)),
        Input("many fields", head + String(repeating: "X-A: b\r\n", count: 300)),
        Input("a long target", "POST /" + String(repeating: "a", count: 3000)),
        Input("space without end", "\(head)X-A:" + String(repeating: " ", count: 3000)),
        Input("empty lines without end", String(repeating: "\r\n", count: 1500)),
        Input(
            "trailers without end",
            "\(head)Transfer-Encoding: chunked\r\n\r\n0\r\nX-A:" + String(repeating: " ", count: 9000)
        ),
        Input(
            "chunk extensions without end",
            "\(head)Transfer-Encoding: chunked\r\n\r\n2;" + String(repeating: "a", count: 9000)
        ),
    ]

    private static let unusual: [Input] = [
        Input("an empty line before the request", "\r\n" + TestRequest.post("{}")),
        Input("the absolute form", TestRequest.post("{}", path: "http://a/webhooks/github")),
        Input("a chunk extension", "\(head)Transfer-Encoding: Chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\n\r\n"),
        Input("leading zeros", "\(head)Content-Length: 002\r\n\r\n{}"),
        Input("an empty host", "\(start)Host:\r\nContent-Length: 2\r\n\r\n{}"),
        Input("an IPv6 host", "\(start)Host: [::1]:80\r\nContent-Length: 2\r\n\r\n{}"),
        Input("names in any case", "\(start)hOST: a\r\nCONTENT-length: 2\r\n\r\n{}"),
    ]

    /// Sends a text to a new connection; gives its answers and whether it is open.
    private func send(_ text: String) throws -> (answers: [TestAnswer], isOpen: Bool, bodies: [[UInt8]]) {
        let sink = StubSink()
        let connection = try EmbeddedConnection(context: .stub(sink: sink))
        try connection.send(text)
        return (try connection.answers(), connection.isOpen, sink.bodies)
    }

    @Test(
        "Broken framing is answered 400 and the connection closes",
        arguments: broken
    )
    func malformed(input: Input) throws {
        let result = try send(input.text)
        #expect(result.answers.map(\.status) == [400])
        #expect(result.answers.first?.body == #"{"error":"malformed_request"}"#)
        #expect(result.answers.first?.closes == true)
        #expect(!result.isOpen)
        #expect(result.bodies.isEmpty)
    }

    @Test(
        "A head that is too large is answered 431 and the connection closes",
        arguments: oversized
    )
    func headerTooLarge(input: Input) throws {
        let result = try send(input.text)
        #expect(result.answers.map(\.status) == [431])
        #expect(result.answers.first?.closes == true)
        #expect(!result.isOpen)
    }

    @Test("A head of exactly the limit is taken, one byte more is not")
    func headLimit() throws {
        func request(headBytes: Int) -> String {
            let frame = "\(Self.head)Content-Length: 2\r\nX-A: \r\n\r\n"
            let filler = String(repeating: "a", count: headBytes - frame.utf8.count)
            return "\(Self.head)Content-Length: 2\r\nX-A: \(filler)\r\n\r\n{}"
        }
        #expect(try send(request(headBytes: 2048)).answers.map(\.status) == [202])
        #expect(try send(request(headBytes: 2049)).answers.map(\.status) == [431])
    }

    @Test(
        "Unusual but sound framing is taken",
        arguments: unusual
    )
    func sound(input: Input) throws {
        let result = try send(input.text)
        #expect(result.answers.map(\.status) == [202])
        #expect(result.isOpen)
        #expect(result.bodies == [Array("{}".utf8)])
    }

    @Test("A request without a body is a request")
    func emptyBody() throws {
        #expect(try send("\(Self.head)\r\n").bodies == [[]])
        #expect(try send("\(Self.head)Content-Length: 0\r\n\r\n").bodies == [[]])
        #expect(try send(TestRequest.chunked([])).bodies == [[]])
    }

    @Test("A body over the limit is answered 413: unread if it is announced, with the byte too much if not")
    func tooLarge() throws {
        let announced = try send("\(Self.head)Content-Length: 1001\r\n\r\n")
        #expect(announced.answers.map(\.status) == [413])
        #expect(!announced.isOpen)
        let overflowing = try send("\(Self.head)Content-Length: 9223372036854775808\r\n\r\n")
        #expect(overflowing.answers.map(\.status) == [413])
        let chunked = try send(TestRequest.chunked([String(repeating: "a", count: 1001)]))
        #expect(chunked.answers.map(\.status) == [413])
        let exact = try send(TestRequest.chunked([String(repeating: "a", count: 1000)]))
        #expect(exact.answers.map(\.status) == [202])
    }

    @Test(
        "Another method is answered 405 and costs the connection",
        arguments: ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"]
    )
    func otherMethod(method: String) throws {
        let result = try send("\(method) /webhooks/github HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(result.answers.map(\.status) == [405])
        #expect(result.answers.first?.fields["allow"] == "POST")
        #expect(!result.isOpen)
    }

    @Test("HEAD is another method, and its answer has no body")
    func head() throws {
        let connection = try EmbeddedConnection(context: .stub(sink: StubSink()))
        try connection.send("HEAD /webhooks/github HTTP/1.1\r\nHost: a\r\n\r\n")
        let output = try connection.takeOutput()
        #expect(output.hasPrefix("HTTP/1.1 405 "))
        #expect(output.hasSuffix("\r\n\r\n"))
    }

    @Test("Another method on an unknown path is 404, and so is a request to connect through")
    func otherMethodElsewhere() throws {
        #expect(try send("GET /webhooks/nobody HTTP/1.1\r\nHost: a\r\n\r\n").answers.map(\.status) == [404])
        #expect(try send("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n").answers.map(\.status) == [404])
    }

    @Test("A refused request with a body ends the connection, and what follows is not taken for a request")
    func refusedWithBody() throws {
        let result = try send(TestRequest.post(TestRequest.post("{}"), path: "/elsewhere"))
        #expect(result.answers.map(\.status) == [404])
        #expect(result.answers.first?.closes == true)
        #expect(!result.isOpen)
        #expect(result.bodies.isEmpty)
    }
}
