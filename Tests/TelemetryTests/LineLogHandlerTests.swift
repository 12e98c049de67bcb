import Events
import Logging
import Synchronization
import TestKit
import Testing

@testable import Telemetry

/// Log lines that were written, for tests to read.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    var sink: LogSink {
        LogSink { line in self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
    }

    /// A logger that writes here, at a fixed time.
    func logger(_ level: Logger.Level = .trace, provider: Logger.MetadataProvider? = nil) -> Logger {
        Logger(label: "test") { _ in
            LineLogHandler(
                level: level,
                metadataProvider: provider,
                sink: self.sink,
                clock: .showing(Timestamp(milliseconds: 1_795_291_200_123))
            )
        }
    }
}

@Suite("Log lines")
struct LineLogHandlerTests {
    private let lines = Lines()
    private let prefix = "2026-11-21T20:00:00.123Z info "

    private func written(_ metadata: Logger.Metadata, message: Logger.Message = "Sentence") -> String? {
        lines.logger().info(message, metadata: metadata)
        return lines.all.last
    }

    @Test("A line has the time, the level, the sentence and the values by key")
    func plain() {
        lines.logger().warning("Delivery accepted", metadata: ["source.name": "hub", "delivery.id": "12"])
        #expect(
            lines.all == [
                "2026-11-21T20:00:00.123Z warning Delivery accepted delivery.id=12 source.name=hub\n"
            ]
        )
    }

    @Test("Every level is written by its name", arguments: Logger.Level.allCases)
    func levels(level: Logger.Level) {
        lines.logger().log(level: level, "x")
        #expect(lines.all == ["2026-11-21T20:00:00.123Z \(level.rawValue) x\n"])
    }

    @Test("What is below the level is not written")
    func threshold() {
        let logger = lines.logger(.notice)
        logger.info("x")
        logger.notice("y")
        #expect(lines.all.count == 1)
    }

    @Test(
        "A value is quoted when it could be misread, and escaped always",
        arguments: [
            ("a b", "\"a b\""), ("", "\"\""), ("a=b", "\"a=b\""), ("a\"b", "\"a\\\"b\""),
            ("a\\b", "\"a\\\\b\""),
            ("a\nb", "\"a\\nb\""), ("a\r\nb", "\"a\\r\\nb\""), ("a\tb", "\"a\\tb\""),
            ("\u{1B}[31m", "\"\\u{1B}[31m\""),
            ("\u{0}", "\"\\u{0}\""), ("\u{7F}", "\"\\u{7F}\""), ("\u{85}", "\"\\u{85}\""),
            ("\u{2028}", "\"\\u{2028}\""),
            ("\u{202E}abc", "\"\\u{202E}abc\""),
            ("größe", "größe"), ("😀", "😀"), ("a,b/c:d", "a,b/c:d"),
        ]
    )
    func escaping(value: String, text: String) {
        #expect(written(["k": .string(value)]) == prefix + "Sentence k=\(text)\n")
    }

    @Test("A sentence and a key cannot forge anything either")
    func forging() {
        let line = written(["a b=\"\n\u{1B}": "1"], message: "x\n2026 error forged")
        #expect(line == prefix + "x\\n2026 error forged a_b____=1\n")
    }

    @Test("Nested values are one value")
    func nested() {
        let line = written(["list": ["a", ["b"]], "map": ["z": "v w", "k": "\(1)"]])
        #expect(line == prefix + "Sentence list=\"[a, [b]]\" map=\"{k: 1, z: v w}\"\n")
    }

    @Test("A value is cut at a kibibyte, between two characters")
    func longValue() {
        #expect(written(["k": .string(String(repeating: "a", count: 1024))])?.hasSuffix("aaa\n") == true)
        let cut = written(["k": .string(String(repeating: "ü", count: 600))])
        #expect(cut == prefix + "Sentence k=" + String(repeating: "ü", count: 512) + "…\n")
    }

    @Test("A line is cut at eight kibibytes, between two values, and says so")
    func longLine() throws {
        let value = Logger.MetadataValue.string(String(repeating: "\u{1}", count: 700))
        let metadata = Logger.Metadata(uniqueKeysWithValues: (0..<10).map { ("key\($0)", value) })
        let line = try #require(written(metadata))
        #expect(line.utf8.count <= 8192)
        #expect(line.hasSuffix("\" truncated=true\n"))
        #expect(line.contains("key1="))
        #expect(!line.contains("key2="))
    }

    @Test("An event's own values win over the task's, and those over the logger's")
    func precedence() {
        let provider = Logger.MetadataProvider { ["b": "task", "c": "task"] }
        var logger = lines.logger(provider: provider)
        logger[metadataKey: "a"] = "logger"
        logger[metadataKey: "b"] = "logger"
        logger.info("x", metadata: ["c": "event"])
        #expect(lines.all == [prefix + "x a=logger b=task c=event\n"])
        #expect(logger[metadataKey: "a"] == "logger")
    }

    @Test("An error is told by its description")
    func error() {
        struct Failure: Error, CustomStringConvertible {
            let description = "disk full"
        }
        lines.logger().info("x", error: Failure())
        #expect(lines.all == [prefix + "x error.message=\"disk full\"\n"])
    }

    @Test("Any text gives one line", arguments: UInt64(1)...50)
    func anyText(seed: UInt64) throws {
        var state = seed
        let scalars = (0..<300).compactMap { _ -> Unicode.Scalar? in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Unicode.Scalar(
                UInt32(truncatingIfNeeded: state >> 33) % (state & 4096 == 0 ? 0x100 : 0x3000)
            )
        }
        let text = String(String.UnicodeScalarView(scalars))
        let line = try #require(written(["k": .string(text), "\(text)": "v"], message: "\(text)"))
        #expect(line.dropLast().allSatisfy { !$0.isNewline }, "seed \(seed)")
        #expect(line.unicodeScalars.dropLast().allSatisfy { $0.value >= 0x20 }, "seed \(seed)")
        #expect(line.last == "\n")
    }
}
