import Events
import NIOCore
import NIOHTTP1
import Providers
import Synchronization

/// One request to a source, from the end of its head to its answer.
struct Exchange {
    /// Who it is for.
    let source: SourceEntry
    /// Who sends it.
    let client: Client
    /// When its head was complete.
    let begin: NIODeadline
    /// Why its header fields can never prove it authentic; nil if the body may.
    let fault: String?
    private let headers: HeaderFields
    private var body: BodyBuffer

    init(
        source: SourceEntry,
        head: HTTPRequestHead,
        framing: RequestOutline.BodyFraming,
        begin: NIODeadline,
        peer: Peer,
        shared: ConnectionContext
    ) {
        self.source = source
        self.begin = begin
        headers = HeaderFields(
            head.headers.map { (name: $0.name, value: Self.withoutTrailingWhiteSpace($0.value)) }
        )
        client = Client(peer, headers: headers, shared: shared)
        fault = source.admitter.refuses(head: headers)
        body = BodyBuffer(announcedBytes: framing.announcedBytes)
    }

    /// Adds a part of the body.
    mutating func append(_ bytes: ByteBuffer) { body.append(bytes) }

    /// Gives the complete request and keeps no second reference to its body.
    mutating func takeRequest(at moment: Timestamp, account: ConnectionAccount) -> CompleteRequest {
        defer { body = BodyBuffer(announcedBytes: 0) }
        return CompleteRequest(
            source: source,
            headers: headers,
            body: ArrivedBody(body),
            receivedAt: moment,
            remoteAddress: client.address,
            account: account
        )
    }

    /// White space behind a field's value is no part of it (RFC 9112 section 5.1), but the parser leaves it.
    private static func withoutTrailingWhiteSpace(_ value: String) -> String {
        let isWhiteSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        guard let last = value.utf8.last, isWhiteSpace(last) else { return value }
        return String(Substring(value.utf8.prefix(value.utf8.reversed().drop(while: isWhiteSpace).count)))
    }
}

/// A request that has arrived whole.
struct CompleteRequest: Sendable {
    /// Who it is for.
    let source: SourceEntry
    /// Its header fields.
    let headers: HeaderFields
    /// Its body.
    let body: ArrivedBody
    /// When the last byte arrived.
    let receivedAt: Timestamp
    /// The IP address that it came from; nil behind a Unix socket.
    let remoteAddress: String?
    /// What its memory is counted in.
    let account: ConnectionAccount
}

/// A body that has arrived, until somebody takes it: nobody else holds on to it meanwhile.
final class ArrivedBody: Sendable {
    /// How many bytes it has.
    let count: Int
    private let buffer: Mutex<BodyBuffer>

    init(_ buffer: BodyBuffer) {
        count = buffer.count
        self.buffer = Mutex(buffer)
    }

    /// Gives the body in one piece; a second time there is nothing.
    func takeBytes() -> [UInt8] { buffer.withLock { $0.takeBytes() } }
}
