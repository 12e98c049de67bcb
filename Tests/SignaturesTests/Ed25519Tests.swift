import Signatures
import Testing

@Suite("Ed25519")
struct Ed25519Tests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let name: String
        let publicKey: String
        let message: String
        let signature: String

        var testDescription: String { name }
    }

    static let vectors = [
        Vector(
            name: "RFC 8032 section 7.1 test 1, an empty message",
            publicKey: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            message: "",
            signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
                + "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
        Vector(
            name: "RFC 8032 section 7.1 test 2",
            publicKey: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            message: "72",
            signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
                + "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
        Vector(
            name: "RFC 8032 section 7.1 test 3",
            publicKey: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            message: "af82",
            signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
                + "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ]

    /// A vector's parts as bytes.
    private func bytes(
        _ vector: Vector
    ) throws -> (publicKey: [UInt8], message: [UInt8], signature: [UInt8]) {
        (
            try #require(Hexadecimal.decode(vector.publicKey)),
            try #require(Hexadecimal.decode(vector.message)),
            try #require(Hexadecimal.decode(vector.signature))
        )
    }

    @Test("A published signature is valid", arguments: vectors)
    func publishedVectors(vector: Vector) throws {
        let (publicKey, message, signature) = try bytes(vector)
        let key = try #require(Ed25519.PublicKey(publicKey))
        #expect(key.isValid(signature, for: message))
    }

    @Test("A single flipped bit in the signature is refused", arguments: vectors)
    func flippedBit(vector: Vector) throws {
        let (publicKey, message, signature) = try bytes(vector)
        let key = try #require(Ed25519.PublicKey(publicKey))
        for bit in 0..<512 {
            var other = signature
            other[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.isValid(other, for: message), "bit \(bit)")
        }
    }

    @Test("A scalar that is not less than the group's order is no signature", arguments: vectors)
    func largeScalar(vector: Vector) throws {
        let (_, _, signature) = try bytes(vector)
        #expect(Ed25519.isPossible(signature))
        let order = try #require(
            Hexadecimal.decode("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010")
        )
        #expect(!Ed25519.isPossible(signature.prefix(32) + order))
        #expect(Ed25519.isPossible(signature.prefix(32) + [order[0] - 1] + order.dropFirst()))
        #expect(!Ed25519.isPossible(Array(repeating: 0xFF, count: 32) + signature.suffix(32)))
        #expect(!Ed25519.isPossible(signature.dropLast()))
    }

    @Test("A signature is of one message and one key", arguments: vectors)
    func others(vector: Vector) throws {
        let (publicKey, message, signature) = try bytes(vector)
        let key = try #require(Ed25519.PublicKey(publicKey))
        #expect(!key.isValid(signature, for: message + [0]))
        for other in Self.vectors where other.name != vector.name {
            let otherKey = try #require(try Ed25519.PublicKey(bytes(other).publicKey))
            #expect(!otherKey.isValid(signature, for: message))
        }
    }

    @Test("A signature of another length is refused", arguments: [0, 1, 32, 63, 65, 128])
    func length(count: Int) throws {
        let (publicKey, message, signature) = try bytes(Self.vectors[1])
        let key = try #require(Ed25519.PublicKey(publicKey))
        #expect(!key.isValid(Array((signature + signature).prefix(count)), for: message))
    }

    @Test("A key of another length is none", arguments: [0, 1, 31, 33, 64])
    func keyLength(count: Int) throws {
        let publicKey = try bytes(Self.vectors[1]).publicKey
        #expect(Ed25519.PublicKey(Array((publicKey + publicKey).prefix(count))) == nil)
    }

    @Test("Under a key that is no point of the curve nothing is valid", arguments: vectors)
    func curve(vector: Vector) throws {
        let (_, message, signature) = try bytes(vector)
        // By the equation of the curve there is no x for these.
        for y: UInt8 in [2, 7, 8, 11, 12, 13, 17] {
            let key = try #require(Ed25519.PublicKey([y] + Array(repeating: 0, count: 31)))
            #expect(!key.isValid(signature, for: message))
        }
    }

    @Test(
        "A key that is not encoded as it must be is none",
        arguments: [UInt8(0xED), 0xF0, 0xF1, 0xF2, 0xFF],
        [UInt8(0x7F), 0xFF]
    )
    func encoding(first: UInt8, last: UInt8) {
        #expect(Ed25519.PublicKey([first] + Array(repeating: 0xFF, count: 30) + [last]) == nil)
    }

    @Test(
        "A key under which anyone can sign is none",
        arguments: [
            // For this one, 58666…66 01000…00 is a valid signature of the message `forged`.
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000080",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000080",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
            "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        ]
    )
    func smallOrder(encoded: String) throws {
        #expect(Ed25519.PublicKey(try #require(Hexadecimal.decode(encoded))) == nil)
    }

    @Test("Many tasks verify at once")
    func concurrency() async throws {
        let (publicKey, message, signature) = try bytes(Self.vectors[2])
        let key = try #require(Ed25519.PublicKey(publicKey))
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<50).allSatisfy { _ in
                        key.isValid(signature, for: message) && !key.isValid(signature, for: [])
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
