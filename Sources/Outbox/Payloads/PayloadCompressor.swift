import CISAL
import Synchronization

/// Compresses with ISA-L's fastest level.
///
/// Measured on a GitHub pull request of 23.6 kB: 11 µs and 2.7 kB, where zlib's level 1 takes 30 µs for as
/// many bytes. What saves the disk nine tenths has to cost less than the writing that it saves.
///
/// `@unchecked Sendable`: the pool gives it to one caller at a time.
@safe private final class PayloadCompressor: @unchecked Sendable {
    /// 80 KiB, most of it buffers of its own: made once, not for every payload.
    private let stream = UnsafeMutablePointer<isal_zstream>.allocate(capacity: 1)

    /// Payloads up to this length are compressed into storage that is kept; most are shorter.
    private static let keptByteCount = 64 << 10

    private let keptRoom = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: keptByteCount)

    init() {
        // ISA-L's own init leaves out `hist_bits`, the window: what memory held before would shrink it.
        unsafe stream.initialize(to: isal_zstream())
    }

    deinit {
        unsafe stream.deallocate()
        unsafe keptRoom.deallocate()
    }

    /// The payload as a zlib stream; nil if that is not shorter.
    func compress(_ payload: [UInt8]) -> [UInt8]? {
        guard let count = UInt32(exactly: payload.count), count > 1 else { return nil }
        guard payload.count > Self.keptByteCount else {
            guard let length = unsafe compress(payload, into: keptRoom, atMost: count - 1) else { return nil }
            return unsafe Array(keptRoom.prefix(length))
        }
        var length: Int?
        let compressed = unsafe [UInt8](unsafeUninitializedCapacity: payload.count - 1) { room, roomUsed in
            length = unsafe compress(payload, into: room, atMost: count - 1)
            roomUsed = length ?? 0
        }
        // The room was as large as the payload: a copy, which a slice of the whole would not make, holds on
        // to no more than there is.
        return length == nil ? nil : unsafe compressed.withUnsafeBufferPointer { unsafe Array($0) }
    }

    /// Writes the stream into a room; returns its length, nil if it would be longer than it may be.
    private func compress(
        _ payload: [UInt8],
        into room: UnsafeMutableBufferPointer<UInt8>,
        atMost countMax: UInt32
    ) -> Int? {
        // The pointers live as long as the call, which writes no more than it is told that there is room for,
        // and does not change its input although its type allows that.
        unsafe payload.withUnsafeBufferPointer { input in
            unsafe isal_deflate_stateless_init(stream)
            unsafe stream.pointee.gzip_flag = UInt16(IGZIP_ZLIB)
            unsafe stream.pointee.end_of_stream = 1
            unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe stream.pointee.avail_in = UInt32(input.count)
            unsafe stream.pointee.next_out = room.baseAddress
            unsafe stream.pointee.avail_out = countMax
            guard unsafe isal_deflate_stateless(stream) == COMP_OK else { return nil }
            return unsafe Int(stream.pointee.total_out)
        }
    }
}

/// Compressors that are not in use, for any thread to take.
final class PayloadCompressorPool: Sendable {
    /// Compressors that are kept; more callers than that at once make their own.
    private static let idleMax = 8

    private let idle = Mutex<[PayloadCompressor]>([])

    /// The payload as a zlib stream (RFC 1950); nil if that is not shorter.
    func compress(_ payload: [UInt8]) -> [UInt8]? {
        let compressor = idle.withLock { $0.popLast() } ?? PayloadCompressor()
        defer { idle.withLock { if $0.count < Self.idleMax { $0.append(compressor) } } }
        return compressor.compress(payload)
    }
}

/// Expands a zlib stream (RFC 1950) of known original length, checking its checksum; nil if it is none, or
/// has another length.
func expand(_ compressed: [UInt8], toCount originalCount: Int) -> [UInt8]? {
    guard let count = UInt32(exactly: compressed.count), let room = UInt32(exactly: originalCount) else {
        return nil
    }
    let state = UnsafeMutablePointer<inflate_state>.allocate(capacity: 1)
    defer { unsafe state.deallocate() }
    var isWhole = false
    let original = unsafe [UInt8](unsafeUninitializedCapacity: originalCount) { output, outputUsed in
        // As in `compress`.
        unsafe compressed.withUnsafeBufferPointer { input in
            unsafe isal_inflate_init(state)
            unsafe state.pointee.crc_flag = UInt32(ISAL_ZLIB)
            unsafe state.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            unsafe state.pointee.avail_in = count
            unsafe state.pointee.next_out = output.baseAddress
            unsafe state.pointee.avail_out = room
            let result = unsafe isal_inflate_stateless(state)
            outputUsed = unsafe Int(state.pointee.total_out)
            isWhole = result == ISAL_DECOMP_OK && outputUsed == originalCount
        }
    }
    return isWhole ? original : nil
}
