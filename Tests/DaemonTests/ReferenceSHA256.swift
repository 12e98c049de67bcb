import Foundation

/// SHA-256 as FIPS 180-4 writes it down: slow, and with nothing in common with the one in use.
enum ReferenceSHA256 {
    private static let primes = (2...311).filter { number in
        (2..<number).allSatisfy { !number.isMultiple(of: $0) }
    }
    private static let roundConstants = primes.map { fraction(cbrt(Double($0))) }
    private static let initialState = primes.prefix(8).map { fraction(Double($0).squareRoot()) }

    /// The first eight bytes of a digest, big-endian.
    static func digestPrefix(of message: [UInt8]) -> UInt64 {
        var state = initialState
        let padded = padded(message)
        for start in stride(from: 0, to: padded.count, by: 64) {
            compress(padded[start..<start + 64], into: &state)
        }
        return UInt64(state[0]) << 32 | UInt64(state[1])
    }

    /// The first 32 bits behind the point.
    private static func fraction(_ number: Double) -> UInt32 {
        UInt32((number - number.rounded(.down)) * 4_294_967_296)
    }

    private static func padded(_ message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        while padded.count % 64 != 56 { padded.append(0) }
        let bits = UInt64(message.count) * 8
        return padded + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var state1 = state
        for (word, constant) in zip(schedule(block), roundConstants) {
            let (a, e) = (state1[0], state1[4])
            let choice = (e & state1[5]) ^ (~e & state1[6])
            let majority = (a & state1[1]) ^ (a & state1[2]) ^ (state1[1] & state1[2])
            let first = state1[7] &+ rotated(e, 6, 11, 25) &+ choice &+ constant &+ word
            let second = rotated(a, 2, 13, 22) &+ majority
            state1 = [first &+ second] + state1.dropLast()
            state1[4] &+= first
        }
        state = zip(state, state1).map { $0 &+ $1 }
    }

    private static func schedule(_ block: ArraySlice<UInt8>) -> [UInt32] {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { start in
            block[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let (near, far) = (words[index - 2], words[index - 15])
            let small0 = right(far, 7) ^ right(far, 18) ^ (far >> 3)
            let small1 = right(near, 17) ^ right(near, 19) ^ (near >> 10)
            words.append(small1 &+ words[index - 7] &+ small0 &+ words[index - 16])
        }
        return words
    }

    private static func rotated(_ word: UInt32, _ one: UInt32, _ two: UInt32, _ three: UInt32) -> UInt32 {
        right(word, one) ^ right(word, two) ^ right(word, three)
    }

    private static func right(_ word: UInt32, _ bits: UInt32) -> UInt32 { word >> bits | word << (32 - bits) }
}
