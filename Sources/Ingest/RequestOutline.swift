import NIOHTTP1

/// What a request head says about framing and connection; all that the state machine needs of it.
struct RequestOutline: Hashable, Sendable {
    /// How the end of the body is found.
    enum BodyFraming: Hashable, Sendable {
        /// There is none.
        case none
        /// By this length, which is above zero.
        case length(Int)
        /// By chunks.
        case chunked

        /// The length that is known before the body comes; nil by chunks.
        var announcedBytes: Int? {
            switch self {
            case .none: 0
            case .length(let length): length
            case .chunked: nil
            }
        }
    }

    /// The methods that make a difference.
    enum Method: Hashable, Sendable {
        case post
        case head
        case other
    }

    /// Whether it breaks RFC 9112 in a way that must not be taken.
    var isMalformed = false
    /// The method.
    var method = Method.post
    /// The framing of the body.
    var body = BodyFraming.none
    /// Whether the connection may go on after the answer.
    var keepsAlive = true
    /// Whether that must be said, because the client speaks HTTP/1.0.
    var announcesKeepAlive = false
    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue = false
    /// Whether the target is `/webhooks/` and a known source; filled in by who knows the sources.
    var isRouted = false
    /// Whether the header fields alone say that the request cannot be authentic; filled in by who knows the
    /// source.
    var isUnprovable = false

    init() {}

    /// Reads a head in one pass over its fields.
    ///
    /// The decoder has refused most broken heads already; what it lets pass is refused here:
    /// - HTTP/1.1 without `Host`, and any request with two or with an impossible one (RFC 9112 section 3.2);
    /// - a transfer coding other than exactly `chunked`, or any in HTTP/1.0 (sections 6.1 and 6.3);
    /// - both lengths at once, or two of one kind.
    init(_ head: HTTPRequestHead) {
        var fields = FramingFields()
        for (name, value) in head.headers { fields.read(name: name, value: value) }
        let isHTTP10 = head.version.minor == 0
        switch head.method {
        case .POST: method = .post
        case .HEAD: method = .head
        default: method = .other
        }
        isMalformed = fields.isMalformed(isHTTP10: isHTTP10)
        body = fields.body
        // The decoder stops where a client asks for another protocol; the request is answered, then it is
        // over.
        keepsAlive = head.isKeepAlive && !fields.hasUpgrade && head.method != .CONNECT
        announcesKeepAlive = isHTTP10 && keepsAlive
        expectsContinue = fields.expectsContinue && !isHTTP10
    }
}

/// The header fields that decide about framing, as far as they were read.
private struct FramingFields {
    var hosts = 0
    var hasBadHost = false
    var lengths = 0
    var length = 0
    var codings = 0
    var hasOtherCoding = false
    var hasUpgrade = false
    var expectsContinue = false

    /// Sorted by length first: most fields are none of these and cost one comparison.
    mutating func read(name: String, value: String) {
        switch name.utf8.count {
        case 4 where isSame(name, "host"):
            hosts += 1
            if !isPossibleHost(value) { hasBadHost = true }
        case 6 where isSame(name, "expect"):
            expectsContinue = isSame(value, "100-continue")
        case 7 where isSame(name, "upgrade"):
            hasUpgrade = true
        case 14 where isSame(name, "content-length"):
            lengths += 1
            // The decoder takes digits alone; what does not fit is larger than any limit.
            length = Int(value) ?? .max
        case 17 where isSame(name, "transfer-encoding"):
            codings += 1
            if !isSame(value, "chunked") { hasOtherCoding = true }
        default: break
        }
    }

    func isMalformed(isHTTP10: Bool) -> Bool {
        hosts > 1 || hasBadHost || (hosts == 0 && !isHTTP10)
            || lengths > 1 || codings > 1 || hasOtherCoding
            || (codings > 0 && (lengths > 0 || isHTTP10))
    }

    var body: RequestOutline.BodyFraming {
        if codings > 0 { return .chunked }
        return length > 0 ? .length(length) : .none
    }

    /// Whether the value can be `uri-host [":" port]` (RFC 3986 section 3.2.2), which an empty one can.
    private func isPossibleHost(_ value: String) -> Bool {
        value.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: "-._~!$&'()*+,;=%:[]".utf8.contains(byte)
            }
        }
    }

    /// Compares with a lower-case name, without case in ASCII.
    private func isSame(_ text: String, _ name: String) -> Bool {
        text.utf8.count == name.utf8.count
            && text.utf8.elementsEqual(name.utf8) { byte, expected in
                ((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) == expected
            }
    }
}
