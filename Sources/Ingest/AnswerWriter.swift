import Events
import NIOCore

/// Writes answers as HTTP/1.1 messages; every one has a length, so that the connection can go on.
enum AnswerWriter {
    /// When a client may try again, in seconds: a full disk or a restart takes about that long.
    static let retryAfterSeconds = 10

    /// Room for any answer with a few events.
    static let capacity = 512

    /// What the connection does afterwards, as the header field tells it.
    enum Connection {
        /// It goes on, which needs no words in HTTP/1.1.
        case persistent
        /// It goes on, and the client speaks HTTP/1.0, where that must be said.
        case keepAlive
        /// It ends.
        case close
    }

    /// The interim answer to `Expect: 100-continue`.
    static let interim: StaticString = "HTTP/1.1 100 Continue\r\n\r\n"

    /// Appends a whole answer; an answer to HEAD has its body left out.
    static func write(
        _ answer: Answer,
        connection: Connection,
        date: Timestamp,
        omitsBody: Bool = false,
        to buffer: inout ByteBuffer
    ) {
        buffer.writeStaticString(answer.statusLines)
        if answer == .refused(.unavailable) {
            buffer.writeStaticString("Retry-After: ")
            write(Int64(retryAfterSeconds), to: &buffer)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("Content-Type: application/json\r\nDate: ")
        HTTPDate(date).write(to: &buffer)
        switch connection {
        case .persistent: break
        case .keepAlive: buffer.writeStaticString("\r\nConnection: keep-alive")
        case .close: buffer.writeStaticString("\r\nConnection: close")
        }
        var body = ByteBuffer()
        body.reserveCapacity(128)
        writeBody(answer, to: &body)
        buffer.writeStaticString("\r\nContent-Length: ")
        write(Int64(body.readableBytes), to: &buffer)
        buffer.writeStaticString("\r\n\r\n")
        if !omitsBody { buffer.writeBuffer(&body) }
    }

    private static func writeBody(_ answer: Answer, to buffer: inout ByteBuffer) {
        switch answer {
        case .refused(let refusal):
            buffer.writeStaticString("{\"error\":\"")
            buffer.writeString(refusal.rawValue)
            buffer.writeStaticString("\"}")
        case .accepted(let receipt):
            buffer.writeStaticString("{\"status\":\"")
            buffer.writeStaticString(receipt.isDuplicate ? "duplicate" : "accepted")
            buffer.writeStaticString("\",\"delivery\":")
            write(receipt.delivery, to: &buffer)
            buffer.writeStaticString(",\"events\":[")
            for (index, event) in receipt.events.enumerated() {
                if index > 0 { buffer.writeStaticString(",") }
                write(event, to: &buffer)
            }
            buffer.writeStaticString("]}")
        }
    }

    private static func write(_ number: Int64, to buffer: inout ByteBuffer) {
        buffer.writeString(String(number))
    }
}
