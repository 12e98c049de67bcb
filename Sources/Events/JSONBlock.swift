/// Sixteen bytes of a text, compared with what JSON gives a meaning in strings all at once.
///
/// Most strings of a payload are plain ASCII, and looking at them byte by byte is most of the work of reading
/// and writing JSON.
package enum JSONBlock {
    /// How many bytes a block has.
    private static let byteCount = 16

    /// Steps over bytes of a string that are plain: ASCII, and standing for themselves.
    ///
    /// Where no whole block is left nothing is looked at: the byte to go on with may be plain as well.
    ///
    /// - Parameters:
    ///   - text: What the string is in.
    ///   - start: The offset to begin at.
    /// - Returns: The offset to go on at: every byte before it, from the start on, is plain.
    package static func skipPlainBytes(of text: Span<UInt8>, from start: Int) -> Int {
        precondition(start >= 0)
        let quote = SIMD16(repeating: Int8(0x22))
        let backslash = SIMD16(repeating: Int8(0x5C))
        let space = SIMD16(repeating: Int8(0x20))
        var offset = start
        while offset <= text.count &- byteCount {
            // Any sixteen bytes are a vector, and so many are left in the text, whose bytes the span keeps.
            let block = unsafe text.bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: offset,
                as: SIMD16<Int8>.self
            )
            // As signed numbers, bytes that are not ASCII are less than a space, too.
            let stops = (block .== quote) .| (block .== backslash) .| (block .< space)
            // A mask has as many bits as its vector: eight for each byte, the first byte's the lowest.
            let halves = unsafe unsafeBitCast(stops, to: SIMD2<UInt64>.self)
            let (low, high) = (UInt64(littleEndian: halves[0]), UInt64(littleEndian: halves[1]))
            guard low | high == 0 else {
                let plainBitCount = low != 0 ? low.trailingZeroBitCount : 64 + high.trailingZeroBitCount
                return offset &+ plainBitCount / 8
            }
            offset &+= byteCount
        }
        return offset
    }
}
