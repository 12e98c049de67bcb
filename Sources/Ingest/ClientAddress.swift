import Glibc

/// Whom a connection or a request is counted for: an IPv4 address, the /64 of an IPv6 address, which is what
/// one customer gets, or everybody behind a Unix socket.
struct ClientAddress: Hashable, Sendable {
    private let bytes: [UInt8]

    /// Everybody whose address is not known.
    static let local = ClientAddress(bytes: [])

    private static let networkBytes = 8

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Takes the bytes of an address in network order, 4 or 16.
    init(_ address: IPBytes) {
        self.init(
            bytes: address.bytes.count == 4 ? address.bytes : Array(address.bytes.prefix(Self.networkBytes))
        )
    }

    /// Whom a peer is counted for; nil is a peer without an address.
    init(peer: String?) {
        self = peer.flatMap { IPBytes($0) }.map { ClientAddress($0) } ?? .local
    }
}

/// An IP address in network order, as the system reads it; an IPv4 address inside IPv6 is the IPv4 address.
struct IPBytes: Hashable, Sendable {
    /// 4 or 16 bytes.
    let bytes: [UInt8]

    private static let mappedPrefix = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Longer than any address with a zone.
    private static let textBytesMax = 64

    /// Nil for what is no address; the zone of a link-local address is of no account.
    init?(_ text: String) {
        guard text.utf8.count <= Self.textBytesMax else { return nil }
        let withoutZone = String(text.prefix { $0 != "%" })
        // The destinations are as large as the families' addresses, and live as long as the calls.
        var version4 = in_addr()
        if unsafe inet_pton(AF_INET, withoutZone, &version4) == 1 {
            bytes = Self.bytes(of: version4.s_addr)
            return
        }
        var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
        guard unsafe inet_pton(AF_INET6, withoutZone, &words) == 1 else { return nil }
        let all = [words.0, words.1, words.2, words.3].flatMap(Self.bytes(of:))
        bytes = all.starts(with: Self.mappedPrefix) ? Array(all.suffix(4)) : all
    }

    /// The bytes as they lie in memory.
    private static func bytes(of word: UInt32) -> [UInt8] {
        let word = UInt32(bigEndian: word)
        return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) }
    }
}
