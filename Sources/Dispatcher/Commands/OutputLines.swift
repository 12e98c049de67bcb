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

    private let redaction: Redaction
    private var linesLeft = linesMax
    private var lastError: PartialLine?
    private var partial: [OutputStream: PartialLine] = [:]

    /// Makes an empty output.
    ///
    /// - Parameter secrets: What is left out of lines that repeat it; each line of it by itself.
    init(secrets: [String] = []) {
        redaction = Redaction(secrets)
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
        let isCut = line.cutBytes > 0
        let text = redaction.redact(line.text, isCut: isCut)
        return isCut ? text + "…" : text
    }
}

/// Leaves secrets out of lines.
private struct Redaction {
    private let secrets: [[UInt8]]

    /// Takes each line of each secret by itself, written as lines are.
    init(_ secrets: [String]) {
        let lines = secrets.flatMap { $0.split(whereSeparator: \.isNewline) }
        self.secrets = lines.map { Array(PartialLine.harmless(String($0)).utf8) }.filter { !$0.isEmpty }
    }

    /// A line without secrets, and without the beginning of one at its end if the rest was cut off.
    func redact(_ text: String, isCut: Bool) -> String {
        guard !secrets.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var ranges = secrets.flatMap { Self.ranges(of: $0, in: bytes) }
        if isCut, let start = secrets.compactMap({ Self.start(of: $0, atEndOf: bytes) }).min() {
            ranges.append(start..<bytes.count)
        }
        var redacted = ""
        var end = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            // One that overlaps what was left out before goes with it.
            if range.lowerBound >= end {
                redacted += String(decoding: bytes[end..<range.lowerBound], as: UTF8.self) + "[redacted]"
            }
            end = max(end, range.upperBound)
        }
        return redacted + String(decoding: bytes[end...], as: UTF8.self)
    }

    /// Where a secret stands in a line.
    private static func ranges(of secret: [UInt8], in line: [UInt8]) -> [Range<Int>] {
        guard secret.count <= line.count else { return [] }
        return (0...(line.count - secret.count))
            .map { $0..<($0 + secret.count) }
            .filter { line[$0].elementsEqual(secret) }
    }

    /// Where the longest beginning of a secret stands that a line ends with.
    private static func start(of secret: [UInt8], atEndOf line: [UInt8]) -> Int? {
        let first = max(0, line.count - secret.count)
        return (first..<line.count).first { secret.starts(with: line[$0...]) }
    }
}
