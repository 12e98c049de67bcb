/// Where a program wrote something.
enum OutputStream: String, Sendable {
    case stdout, stderr
}

/// A line that a program wrote, fit for a log.
struct OutputLine: Hashable, Sendable {
    let stream: OutputStream
    let text: String
}

/// Cuts what a program writes into lines, a bounded number of a bounded length.
struct OutputLines {
    /// Lines of an attempt that are kept, of both streams together: 100 KiB at most.
    static let linesMax = 100

    /// The last line on stderr, kept or not: most programs say there why they failed.
    var lastErrorLine: String? { lastError.map(text(of:)) }
    /// Whole lines that were not kept.
    private(set) var droppedLines = 0
    /// Bytes that were not kept, those that were cut off lines included.
    private(set) var droppedBytes = 0

    private let secrets: [String]
    private var linesLeft = linesMax
    private var lastError: PartialLine?
    private var partial: [OutputStream: PartialLine] = [:]

    /// Makes an empty output.
    ///
    /// - Parameter secrets: What is left out of lines that repeat it; each line of it by itself.
    init(secrets: [String] = []) {
        self.secrets = secrets.flatMap { $0.split(whereSeparator: \.isNewline).map(String.init) }
    }

    /// Takes what was read.
    ///
    /// - Parameters:
    ///   - bytes: Some bytes, which may end in the middle of a line.
    ///   - stream: Where they come from.
    /// - Returns: The lines that are whole now.
    mutating func receive(_ bytes: [UInt8], from stream: OutputStream) -> [OutputLine] {
        var whole: [OutputLine] = []
        var rest = bytes[...]
        while let lineEnd = rest.firstIndex(of: UInt8(ascii: "\n")) {
            partial[stream, default: PartialLine()].append(rest[..<lineEnd])
            rest = rest[(lineEnd + 1)...]
            if let line = end(of: stream) { whole.append(line) }
        }
        partial[stream, default: PartialLine()].append(rest)
        return whole
    }

    /// Ends both streams.
    ///
    /// - Returns: The lines that had no end.
    mutating func finish() -> [OutputLine] {
        let (output, errors) = (end(of: .stdout), end(of: .stderr))
        return [output, errors].compactMap { $0 }
    }

    /// Ends a line; nil if it is blank or one too many.
    private mutating func end(of stream: OutputStream) -> OutputLine? {
        guard let line = partial.removeValue(forKey: stream), !line.isBlank else { return nil }
        if stream == .stderr { lastError = line }
        droppedBytes += line.cutBytes
        guard linesLeft > 0 else {
            droppedLines += 1
            droppedBytes += line.bytes.count
            return nil
        }
        linesLeft -= 1
        return OutputLine(stream: stream, text: text(of: line))
    }

    private func text(of line: PartialLine) -> String {
        secrets.reduce(line.text) { text, secret in text.replacing(secret, with: "[redacted]") }
    }
}
