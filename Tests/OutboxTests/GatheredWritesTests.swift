import GRDB
import TestKit
import Testing

@testable import Outbox

private let ok = ResultCode.SQLITE_OK.rawValue
private let full = ResultCode.SQLITE_FULL.rawValue

@Suite("Gathered writes")
struct GatheredWritesTests {
    private static let pageBytes = 512

    @Test("A transaction is one write, which is done when the write of its last page returns")
    func transaction() {
        let (file, writes) = (MemoryFile(), GatheredWrites())
        for frame in 1...20 {
            #expect(file.writeCount == 0)
            #expect(
                writes.writeFrame(frame, endsTransaction: frame == 20, to: file)
                    == ok
            )
        }
        #expect(file.writeCount == 1)
        #expect(file.bytes.count == 20 * (24 + Self.pageBytes))
        #expect(file.bytes.last == 20)
    }

    @Test("What is longer than may be held back goes in parts, and what is too long for that as it is")
    func limit() {
        let (file, writes) = (MemoryFile(), GatheredWrites())
        let part = [UInt8](repeating: 1, count: GatheredWrites.bytesMax / 2)
        for index in 0..<3 {
            #expect(
                writes.write(part, at: Int64(index * part.count), to: file) == ok
            )
        }
        #expect(file.writeCount == 1)
        let long = [UInt8](repeating: 2, count: GatheredWrites.bytesMax + 1)
        #expect(writes.write(long, at: Int64(3 * part.count), to: file) == ok)
        #expect(file.writeCount == 3)
        #expect(file.bytes == part + part + part + long)
    }

    @Test("However SQLite ends a transaction, all of it is in the file then", arguments: 0..<50)
    func commits(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let (file, plain, writes) = (MemoryFile(), MemoryFile(), GatheredWrites())
        let write = { (bytes: [UInt8], offset: Int64) in
            #expect(writes.write(bytes, at: offset, to: file) == ok)
            plain.write(bytes, at: offset)
        }
        let frameBytes = Int64(24 + Self.pageBytes)
        var first: Int64 = 32
        for number in 1...100 {
            // The log is started anew now and then.
            if number == 1 || Int.random(in: 0..<10, using: &random) == 0 {
                first = 32
                write([UInt8](repeating: UInt8(number), count: 32), 0)
            }
            let count = Int64.random(in: 1...40, using: &random)
            let header = [UInt8](repeating: 0, count: 24)
            let lastHeader = [UInt8](repeating: 0, count: 7) + [UInt8(number)] + header.suffix(16)
            let page = [UInt8](repeating: UInt8(number), count: Self.pageBytes)
            var hasRewritten = false
            for frame in 0..<count {
                let offset = first + frame * frameBytes
                // A page that is in the log already is written there again.
                if frame > 0, Int.random(in: 0..<10, using: &random) == 0 {
                    let other = Int64.random(in: 0..<frame, using: &random)
                    write(page.reversed(), first + other * frameBytes + 24)
                    hasRewritten = true
                }
                write(frame == count - 1 ? lastHeader : header, offset)
                write(page, offset + 24)
            }
            // Then all checksums behind it are written again, each frame after it was read.
            for frame in hasRewritten ? 0..<count : 0..<0 {
                #expect(writes.flush(to: file) == ok)
                let old = frame == count - 1 ? lastHeader : header
                write(old.dropLast() + [1], first + frame * frameBytes)
            }
            #expect(file.bytes == plain.bytes)
            first += count * frameBytes
        }
        #expect(file.writeCount < plain.writeCount)
    }

    @Test("With no room, every write goes to the file at once")
    func noRoom() {
        let (file, writes) = (MemoryFile(), GatheredWrites(bytesMax: 0))
        for frame in 1...3 { #expect(writes.writeFrame(frame, endsTransaction: false, to: file) == ok) }
        #expect(file.writeCount == 6)
    }

    @Test("An error is told by the write of the last page, and what was held back is forgotten")
    func failure() {
        let (file, writes) = (MemoryFile(), GatheredWrites())
        #expect(writes.writeFrame(1, endsTransaction: false, to: file) == ok)
        file.code = full
        #expect(writes.writeFrame(2, endsTransaction: true, to: file) == full)
        file.code = ok
        #expect(writes.flush(to: file) == ok)
        #expect(file.bytes.isEmpty)
        // SQLite writes the next transaction where the failed one was.
        #expect(writes.writeFrame(1, endsTransaction: true, to: file) == ok)
        #expect(file.bytes.count == 24 + Self.pageBytes)
    }
}

extension GatheredWrites {
    fileprivate func write(_ bytes: [UInt8], at offset: Int64, to file: MemoryFile) -> CInt {
        unsafe bytes.withUnsafeBytes { unsafe write($0, at: offset, to: file) }
    }

    /// Writes a frame as SQLite does, the first of them with number 1; all bytes of its page are its number.
    fileprivate func writeFrame(_ number: Int, endsTransaction: Bool, to file: MemoryFile) -> CInt {
        var header = [UInt8](repeating: 0, count: 24)
        header[3] = UInt8(number)
        header[7] = endsTransaction ? UInt8(number) : 0
        let offset = Int64((number - 1) * (24 + 512))
        let code = write(header, at: offset, to: file)
        guard code == ok else { return code }
        return write([UInt8](repeating: UInt8(number), count: 512), at: offset + 24, to: file)
    }
}

/// A file in memory, which counts what is written and can be full.
private final class MemoryFile: WritableFile {
    private(set) var bytes: [UInt8] = []
    private(set) var writeCount = 0
    var code = ok

    func write(_ new: [UInt8], at offset: Int64) {
        _ = unsafe new.withUnsafeBytes { unsafe write($0, at: offset) }
    }

    func write(_ new: UnsafeRawBufferPointer, at offset: Int64) -> CInt {
        guard code == ok else { return code }
        writeCount += 1
        let end = Int(offset) + new.count
        if bytes.count < end { bytes += [UInt8](repeating: 0, count: end - bytes.count) }
        unsafe bytes.replaceSubrange(Int(offset)..<end, with: new)
        return ok
    }
}
