import Events
import NIOCore
import Testing

@testable import Ingest

@Suite("Answers")
struct AnswerWriterTests {
    private static let date = Timestamp(milliseconds: 784_111_777_000)

    private static func text(
        _ answer: Answer,
        connection: AnswerWriter.Connection = .persistent,
        omitsBody: Bool = false
    ) -> String {
        var buffer = ByteBuffer()
        AnswerWriter.write(answer, connection: connection, date: date, omitsBody: omitsBody, to: &buffer)
        return String(buffer: buffer)
    }

    @Test("An accepted delivery is answered with its ids, byte for byte")
    func accepted() {
        let receipt = DeliveryReceipt(delivery: 12, events: [15, 16], isDuplicate: false)
        let expected =
            "HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\n"
            + "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 52\r\n\r\n"
            + #"{"status":"accepted","delivery":12,"events":[15,16]}"#
        #expect(Self.text(.accepted(receipt)) == expected)
    }

    @Test("A duplicate says so")
    func duplicate() throws {
        let receipt = DeliveryReceipt(delivery: 12, events: [], isDuplicate: true)
        let answer = try #require(TestAnswer.all(in: Self.text(.accepted(receipt))).first)
        #expect(answer.status == 202)
        #expect(answer.body == #"{"status":"duplicate","delivery":12,"events":[]}"#)
    }

    @Test(
        "Every refusal has its status and a stable code",
        arguments: [
            (Refusal.malformed, 400, "malformed_request"), (.unauthenticated, 401, "unauthenticated"),
            (.notFound, 404, "not_found"), (.methodNotAllowed, 405, "method_not_allowed"),
            (.timedOut, 408, "request_timeout"), (.tooLarge, 413, "payload_too_large"),
            (.unsupported, 415, "unsupported_media_type"), (.headerTooLarge, 431, "header_too_large"),
            (.unavailable, 503, "unavailable"),
        ]
    )
    func refused(refusal: Refusal, status: Int, code: String) throws {
        let answer = try #require(TestAnswer.all(in: Self.text(.refused(refusal), connection: .close)).first)
        #expect(answer.status == status)
        #expect(answer.body == #"{"error":"\#(code)"}"#)
        #expect(answer.fields["content-type"] == "application/json")
        #expect(answer.closes)
        #expect(answer.fields["allow"] == (status == 405 ? "POST" : nil))
        #expect(answer.fields["retry-after"] == (status == 503 ? "10" : nil))
    }

    @Test("Every refusal is one of the above, and no status is 410 or a redirect")
    func statuses() {
        #expect(
            Refusal.allCases.map { Answer.refused($0).status } == [
                400, 401, 404, 405, 408, 413, 415, 431, 503,
            ]
        )
    }

    @Test("An answer to HEAD tells the length and leaves out the body")
    func head() {
        let text = Self.text(.refused(.methodNotAllowed), omitsBody: true)
        #expect(text.hasSuffix("Content-Length: 30\r\n\r\n"))
    }

    @Test("A client of HTTP/1.0 is told that the connection goes on")
    func keepAlive() throws {
        let text = Self.text(.refused(.unauthenticated), connection: .keepAlive)
        #expect(try #require(TestAnswer.all(in: text).first).fields["connection"] == "keep-alive")
    }

    @Test(
        "Dates are written as RFC 9110 says",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"), (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_827_696, "Tue, 29 Feb 2000 12:34:56 GMT"), (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
        ]
    )
    func date(seconds: Int64, text: String) {
        var buffer = ByteBuffer()
        HTTPDate(Timestamp(milliseconds: seconds * 1000 + 999)).write(to: &buffer)
        #expect(String(buffer: buffer) == text)
    }
}
