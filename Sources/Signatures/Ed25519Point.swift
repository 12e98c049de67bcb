/// The point that a public key of Ed25519 encodes.
///
/// OpenSSL takes any 32 bytes for one. Under those that encode no point nothing is ever valid, which is safe;
/// under the points of a small order anybody's signature can be, so that those are no keys.
struct Ed25519Point {
    /// The coordinate y without the sign of x, the most significant byte first.
    private let y: [UInt8]

    /// 2^255 - 19, the most significant byte first.
    private static let prime = [0x7F] + Array(repeating: UInt8(0xFF), count: 30) + [0xED]

    /// The coordinates y of the points whose order is 1, 2, 4 or 8: under such a key anyone finds a signature
    /// of any message within a few tries.
    private static let smallOrders = [
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000001",
        "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826",
        "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7",
        "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffec",
    ]

    /// Nil unless there are 32 bytes, of which y is less than the prime.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == Ed25519.publicKeyByteCount, let last = bytes.last else { return nil }
        y = [last & 0x7F] + bytes.dropLast().reversed()
        guard y.lexicographicallyPrecedes(Self.prime) else { return nil }
    }

    /// Whether at most eight points are its multiples.
    var hasSmallOrder: Bool { Self.smallOrders.contains(Hexadecimal.encode(y)) }
}
