import Signatures
import Testing

@Suite("Comparison in constant time")
struct ConstantTimeTests {
    @Test("The same bytes are equal", arguments: [[], [0], [1, 2, 3], Array(repeating: 7, count: 64)])
    func equal(bytes: [UInt8]) {
        #expect(ConstantTime.isEqual(bytes, bytes.map(\.self)))
    }

    @Test("A single flipped bit makes a difference, wherever it is", arguments: 0..<256)
    func flippedBit(bit: Int) {
        let code = HMACSHA256.code(of: [1], key: [2])
        var other = code
        other[bit / 8] ^= 1 << (bit % 8)
        #expect(!ConstantTime.isEqual(code, other))
    }

    @Test("A prefix is not the whole", arguments: 0..<32)
    func prefix(length: Int) {
        let code = HMACSHA256.code(of: [1], key: [2])
        #expect(!ConstantTime.isEqual(code, Array(code.prefix(length))))
        #expect(!ConstantTime.isEqual(Array(code.prefix(length)), code))
    }
}
