import Events
import NIOCore
import NIOHTTP1
import Providers

/// One request to a source, from the end of its head to its answer.
struct Exchange {
    /// How far the storage of a body may be ahead of what arrived: an announced length alone allocates no
    /// more.
    static let bodyStepBytes = 64 * 1024

    /// Who it is for.
    let source: SourceEntry
    /// When its head was complete.
    let begin: NIODeadline
    private let headers: HTTPHeaders
    private let bodyBytesAnnounced: Int?
    private var body: [UInt8] = []

    init(
        source: SourceEntry,
        head: HTTPRequestHead,
        framing: RequestOutline.BodyFraming,
        begin: NIODeadline
    ) {
        self.source = source
        self.begin = begin
        headers = head.headers
        bodyBytesAnnounced = if case .length(let length) = framing { length } else { nil }
    }

    /// Adds a part of the body.
    mutating func append(_ bytes: ByteBuffer) {
        reserve(bytes.readableBytes)
        body.append(contentsOf: bytes.readableBytesView)
    }

    /// Gives the complete request and keeps no second reference to its body.
    mutating func takeRequest(at moment: Timestamp) -> WebhookRequest {
        defer { body = [] }
        let fields = headers.map { (name: $0.name, value: Self.withoutTrailingWhiteSpace($0.value)) }
        return WebhookRequest(headers: HeaderFields(fields), body: body, receivedAt: moment)
    }

    /// White space behind a field's value is no part of it (RFC 9112 section 5.1), but the parser leaves it.
    private static func withoutTrailingWhiteSpace(_ value: String) -> String {
        let isWhiteSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        guard let last = value.utf8.last, isWhiteSpace(last) else { return value }
        return String(Substring(value.utf8.prefix(value.utf8.reversed().drop(while: isWhiteSpace).count)))
    }

    /// Makes room for bytes that arrived, in steps that double: a body of known size is copied few times, and
    /// never has more room than twice what arrived and a step.
    private mutating func reserve(_ count: Int) {
        let needed = body.count + count
        guard needed > body.capacity else { return }
        let room = max(needed, 2 * body.count, Self.bodyStepBytes)
        body.reserveCapacity(max(needed, min(room, bodyBytesAnnounced ?? room)))
    }
}
