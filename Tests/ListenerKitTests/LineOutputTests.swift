import Foundation
import ListenerKit
import Testing

@Suite("Writing lines")
struct LineOutputTests {
    @Test("Lines of many tasks do not mix, and none is lost")
    func linesDoNotMix() async throws {
        let tasks = 16
        let linesPerTask = 50
        let pipe = Pipe()
        let output = LineOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let written = Self.read(pipe)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    // Longer than what a pipe takes at once, so that an unguarded write would be torn.
                    let filler = String(repeating: "\(task % 10)", count: 9000)
                    for line in 0..<linesPerTask { try output.write("\(task) \(line) \(filler)") }
                }
            }
            try await group.waitForAll()
        }
        try pipe.fileHandleForWriting.close()
        let lines = await Self.text(written).split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.count == tasks * linesPerTask)
        for task in 0..<tasks {
            let own = lines.filter { $0.first == "\(task)" }
            #expect(own.map { $0[1] } == (0..<linesPerTask).map { "\($0)" })
            #expect(own.allSatisfy { $0[2].utf8.count == 9000 && Set($0[2]).count == 1 })
        }
    }

    @Test("A line stays one line, whatever line ends it has")
    func lineEnds() async throws {
        let pipe = Pipe()
        try LineOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor).write("a\nb\r\nc\rd é")
        try pipe.fileHandleForWriting.close()
        #expect(await Self.text(Self.read(pipe)) == "a b  c d é\n")
    }

    @Test("What steers a terminal is escaped, and JSON means the same")
    func harmless() async throws {
        let pipe = Pipe()
        let output = LineOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        try output.write("{\"a\":\"\u{9B}2J\u{202E}é\"}")
        try pipe.fileHandleForWriting.close()
        #expect(await Self.text(Self.read(pipe)) == #"{"a":"\u009b2J\u202eé"}"# + "\n")
    }

    @Test("A descriptor that takes nothing is a failure, which says what the system said")
    func closedDescriptor() throws {
        let file = try #require(FileHandle(forReadingAtPath: "/dev/null"))
        let output = LineOutput(descriptor: file.fileDescriptor)
        let error = try #require(throws: LineOutputError.self) { try output.write("lost") }
        #expect(error.description.contains("Bad file descriptor"))
    }

    /// Begins to read, to the end, on a thread of its own: the writers may block all threads of the tasks.
    private static func read(_ pipe: Pipe) -> AsyncStream<Data> {
        let (stream, continuation) = AsyncStream.makeStream(of: Data.self)
        Thread.detachNewThread {
            let data = try? pipe.fileHandleForReading.readToEnd()  // what is missing fails the test
            continuation.yield(data ?? Data())
            continuation.finish()
        }
        return stream
    }

    private static func text(_ stream: AsyncStream<Data>) async -> String {
        let data = await stream.reduce(into: Data()) { $0 += $1 }
        return String(decoding: data, as: UTF8.self)
    }
}
