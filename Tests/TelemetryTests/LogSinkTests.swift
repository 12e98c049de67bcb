import Foundation
import Testing

@testable import Telemetry

@Suite("Log sink")
struct LogSinkTests {
    @Test("A descriptor gets the bytes of each line, whole")
    func pipe() throws {
        let pipe = Pipe()
        let sink = LogSink(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        sink.write(Array("one\n".utf8))
        sink.write([])
        sink.write(Array("two\n".utf8))
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd() == Data("one\ntwo\n".utf8))
    }

    /// All lines together fit the pipe's buffer of 64 KiB, so nobody needs to read meanwhile.
    @Test("Lines of many tasks do not mix")
    func concurrency() async throws {
        let pipe = Pipe()
        let sink = LogSink(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let lines = (0..<8).map { String(repeating: "\($0)", count: 6000) }
        await withTaskGroup(of: Void.self) { group in
            for line in lines { group.addTask { sink.write(Array((line + "\n").utf8)) } }
        }
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        #expect(text.split(separator: "\n").map { String($0) }.sorted() == lines)
    }

    @Test("A line that the system does not take is lost without a word")
    func unwritable() throws {
        let pipe = Pipe()
        LogSink(descriptor: pipe.fileHandleForReading.fileDescriptor).write(Array("lost\n".utf8))
        try pipe.fileHandleForWriting.close()
        #expect(try pipe.fileHandleForReading.readToEnd() ?? Data() == Data())
    }

    @Test("A reader that has stopped holds up nobody, and what it had room for is whole")
    func stalledReader() throws {
        let pipe = Pipe()
        let sink = LogSink(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let line = Array((String(repeating: "x", count: 1000) + "\n").utf8)
        // More than any pipe holds: it would wait for ever for somebody to read.
        for _ in 0..<5000 { sink.write(line) }
        try pipe.fileHandleForWriting.close()
        let written = try pipe.fileHandleForReading.readToEnd() ?? Data()
        #expect(!written.isEmpty)
        #expect(written.count < 5000 * line.count)
        #expect(written.starts(with: line))
    }

    @Test("A line of which only the beginning was taken does not run into the next one")
    func cutLine() throws {
        let pipe = Pipe()
        let sink = LogSink(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let long = Array((String(repeating: "y", count: 7000) + "\n").utf8)
        for _ in 0..<5000 { sink.write(long) }
        let first = pipe.fileHandleForReading.availableData
        sink.write(Array("next\n".utf8))
        try pipe.fileHandleForWriting.close()
        let rest = try pipe.fileHandleForReading.readToEnd() ?? Data()
        let lines = String(decoding: first + rest, as: UTF8.self).split(separator: "\n")
        #expect(lines.last == "next")
        #expect(lines.dropLast().allSatisfy { $0.allSatisfy { $0 == "y" } && $0.count <= 7000 })
    }
}
