import NIOCore

/// A request body as it arrives: small ones in one piece, others in segments, so that growing never copies
/// what is there and never takes room beyond what is counted.
struct BodyBuffer: Sendable {
    /// The largest body that is kept in one piece from the start, and the first segment of a larger one.
    static let smallBytes = 64 * 1024
    /// The segments behind it: large enough that the allocator maps each by itself, so that its memory goes
    /// back when it is freed, whichever thread took it.
    static let segmentBytes = 256 * 1024
    /// The first segment of a body whose length is not announced.
    static let firstSegmentBytes = 1024

    /// How many bytes it holds.
    private(set) var count = 0
    /// How many bytes there is room for.
    private(set) var capacity = 0
    private var segments: [[UInt8]] = []
    private let announcedBytes: Int?

    /// Makes an empty buffer, which takes no room.
    ///
    /// - Parameter announcedBytes: The length of the body; nil if that is not known.
    init(announcedBytes: Int?) {
        self.announcedBytes = announcedBytes
    }

    /// The room that a body of so many bytes takes while it arrives.
    static func capacity(for count: Int, announcedBytes: Int?) -> Int {
        var capacity = 0
        // Behind these come whole segments of the same size: no need to count them one by one.
        let first = announcedBytes == nil ? segmentBytes : smallBytes
        if count > first + segmentBytes {
            capacity = first + (count - 1 - first) / segmentBytes * segmentBytes
        }
        while capacity < count {
            capacity += nextSegmentBytes(behind: capacity, announcedBytes: announcedBytes)
        }
        return capacity
    }

    private static func nextSegmentBytes(behind capacity: Int, announcedBytes: Int?) -> Int {
        guard let announcedBytes else {
            return capacity == 0 ? firstSegmentBytes : min(capacity, segmentBytes)
        }
        return min(capacity == 0 ? smallBytes : segmentBytes, max(announcedBytes - capacity, 1))
    }

    /// Adds a part of the body.
    mutating func append(_ bytes: ByteBuffer) {
        var rest = bytes.readableBytesView
        while !rest.isEmpty {
            if count == capacity { addSegment() }
            let part = rest.prefix(capacity - count)
            segments[segments.count - 1].append(contentsOf: part)
            count += part.count
            rest = rest.dropFirst(part.count)
        }
    }

    /// Gives the body in one piece, and is empty then; each segment goes as soon as it is copied, so that
    /// there is one too many at most.
    mutating func takeBytes() -> [UInt8] {
        let total = count
        defer {
            count = 0
            capacity = 0
            segments = []
        }
        guard segments.count > 1 else { return segments.popLast() ?? [] }
        var whole: [UInt8] = []
        whole.reserveCapacity(total)
        for index in segments.indices {
            whole.append(contentsOf: segments[index])
            segments[index] = []
        }
        return whole
    }

    private mutating func addSegment() {
        let bytes = Self.nextSegmentBytes(behind: capacity, announcedBytes: announcedBytes)
        var segment: [UInt8] = []
        segment.reserveCapacity(bytes)
        segments.append(segment)
        capacity += bytes
    }
}
