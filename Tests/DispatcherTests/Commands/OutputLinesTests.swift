import Testing

@testable import Dispatcher

@Suite("Lines of output")
struct OutputLinesTests {
    @Test("A line that comes in pieces is one line, and streams do not mix")
    func pieces() {
        var lines = OutputLines()
        #expect(lines.receive(Array("on".utf8), from: .stdout).isEmpty)
        #expect(lines.receive(Array("error".utf8), from: .stderr).isEmpty)
        #expect(lines.receive(Array("e\n\n \ntwo\r\nthr".utf8), from: .stdout).map(\.text) == ["one", "two"])
        #expect(
            lines.finish() == [
                OutputLine(stream: .stdout, text: "thr"), OutputLine(stream: .stderr, text: "error"),
            ]
        )
        #expect(lines.lastErrorLine == "error")
        #expect(lines.droppedBytes == 0)
    }

    @Test("A line longer than 1 KiB is cut, and what is cut off is counted")
    func longLine() {
        var lines = OutputLines()
        var found: [OutputLine] = []
        for _ in 0..<3 { found += lines.receive(Array(repeating: 0x61, count: 1000), from: .stdout) }
        found += lines.receive([0x0A], from: .stdout)
        #expect(found.map(\.text) == [String(repeating: "a", count: 1024) + "…"])
        #expect(lines.droppedBytes == 1976)
        #expect(lines.droppedLines == 0)
    }

    @Test("A hundred lines are kept of both streams together; the last error line is known all the same")
    func manyLines() {
        var lines = OutputLines()
        var count = 0
        for number in 0..<150 {
            count += lines.receive(Array("\(number)\n".utf8), from: number < 60 ? .stdout : .stderr).count
        }
        #expect(count == OutputLines.linesMax)
        #expect(lines.droppedLines == 50)
        #expect(lines.droppedBytes == 150)
        #expect(lines.lastErrorLine == "149")
    }

    @Test("A secret that a command repeats is left out, also each line of a long one")
    func secrets() {
        var lines = OutputLines(secrets: ["hush", "-----BEGIN\nabc123\n-----END\n", ""])
        let text = "+ curl -u me:hush\nabc123\nhushhush\n"
        let found = lines.receive(Array(text.utf8), from: .stderr)
        #expect(found.map(\.text) == ["+ curl -u me:[redacted]", "[redacted]", "[redacted][redacted]"])
        #expect(lines.lastErrorLine == "[redacted][redacted]")
    }

    @Test(
        "A secret that is cut at the end of a long line is left out, however little of it is there",
        arguments: [0, 1, 5, 11, 12, 40]
    )
    func cutSecret(kept: Int) {
        var lines = OutputLines(secrets: ["hush-hüsh-öh", "hus"])
        let secret = "hush-hüsh-öh"
        let lead = String(repeating: "x", count: PartialLine.bytesMax - kept)
        _ = lines.receive(Array((lead + secret + "\n").utf8), from: .stderr)
        let redacted = kept == 0 ? "…" : kept == 40 ? "[redacted]" : "[redacted]…"
        #expect(lines.lastErrorLine == lead + redacted)
    }

    @Test("A secret longer than a line is left out as far as it is there")
    func longSecret() {
        let secret = String(repeating: "0123456789abcdef", count: 100)
        var lines = OutputLines(secrets: [secret])
        let found = lines.receive(Array("token=\(secret)\n".utf8), from: .stdout)
        #expect(found.map(\.text) == ["token=[redacted]…"])
    }

    @Test("Where secrets overlap, nothing of either is left; where nothing is cut, a beginning stays")
    func overlappingSecrets() {
        var lines = OutputLines(secrets: ["hush", "hush-hush-2", "shy\u{7} "])
        let text = "a hush-hush-2\nb hushy\u{7} \nc hus\n"
        let found = lines.receive(Array(text.utf8), from: .stdout)
        #expect(found.map(\.text) == ["a [redacted]", "b [redacted]", "c hus"])
    }

    @Test("Nothing that a terminal obeys is left in a line")
    func harmless() {
        var lines = OutputLines()
        let text = "\u{1B}[2Jgo\u{7}\u{9B}1m \u{202E}tfel\t✓\u{2066}!"
        let line = lines.receive(Array((text + "\n").utf8) + [0xFF, 0x21, 0x0A], from: .stderr)
        #expect(line.map(\.text) == ["�[2Jgo��1m �tfel ✓�!", "�!"])
    }
}
