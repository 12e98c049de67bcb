private import Foundation

/// Random numbers that a seed repeats (Steele, Lea, Flood: SplitMix64).
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    /// What repeats the run: give it in `FORGEWIRE_SEED`.
    package let seed: UInt64

    private var state: UInt64

    /// Takes the seed of `FORGEWIRE_SEED`, or a new one, and prints it on standard error with a name.
    package init(printedFor name: String) {
        let given = ProcessInfo.processInfo.environment["FORGEWIRE_SEED"].flatMap(UInt64.init)
        self.init(seed: given ?? UInt64.random(in: 0...UInt64.max))
        FileHandle.standardError.write(Data("\(name): FORGEWIRE_SEED=\(seed)\n".utf8))
    }

    /// Starts at a seed.
    package init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
