import Logging
import Synchronization

/// Logs what a command writes, line by line.
final class CommandOutput: Sendable {
    private let lines: Mutex<OutputLines>
    private let logger: Logger

    /// The keys of what a command wrote.
    enum Key {
        static let line = "output.line"
        static let stream = "output.stream"
        static let droppedLines = "output.dropped.lines"
        static let droppedBytes = "output.dropped.bytes"
    }

    /// Logs to a logger, but for the secrets that a command may repeat.
    init(logger: Logger, secrets: [String]) {
        self.logger = logger
        lines = Mutex(OutputLines(secrets: secrets))
    }

    /// The last line on stderr.
    var lastErrorLine: String? { lines.withLock { $0.lastErrorLine } }

    /// Takes what was read of a stream.
    func receive(_ bytes: [UInt8], from stream: OutputStream) {
        log(lines.withLock { $0.receive(bytes, from: stream) })
    }

    /// Ends both streams, and says what was left out.
    func finish() {
        let (rest, droppedLines, droppedBytes) = lines.withLock { lines in
            (lines.finish(), lines.droppedLines, lines.droppedBytes)
        }
        log(rest)
        guard droppedBytes > 0 else { return }
        logger.notice(
            "A command wrote more than is logged",
            metadata: [Key.droppedLines: "\(droppedLines)", Key.droppedBytes: "\(droppedBytes)"]
        )
    }

    private func log(_ lines: [OutputLine]) {
        for line in lines {
            // Many programs tell their progress on stderr: that is not worth a warning.
            logger.log(
                level: line.stream == .stdout ? .info : .notice,
                "A command wrote a line",
                metadata: [Key.line: "\(line.text)", Key.stream: "\(line.stream.rawValue)"]
            )
        }
    }
}
