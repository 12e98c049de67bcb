import ListenerKit
import TestKit
import Testing

@testable import Dispatcher

@Suite("Answers of a process on its stderr")
struct AnswerFilterTests {
    private let started = #"word {"outcome":"started"}"# + "\n"
    private let delivered = #"word {"outcome":"delivered"}"# + "\n"

    @Test(
        "All but the answers is passed on as it is, however it is cut into pieces",
        arguments: 0..<20 as Range<UInt64>
    )
    func pieces(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let noise: [UInt8] = [0xFF, 0x00, 0x0A, 0x0A, 0x20] + Array("word\nwordless {}\n".utf8)
        let output = noise + Array((started + "half a line" + delivered).utf8) + noise + Array("end".utf8)
        var filter = AnswerFilter(token: "word")
        var passed: [UInt8] = []
        var rest = output[...]
        while !rest.isEmpty {
            let count = Int.random(in: 1...9, using: &random)
            passed += filter.receive(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        passed += filter.finish()
        #expect(passed == noise + Array("half a line".utf8) + noise + Array("end".utf8))
        #expect(filter.hasStarted)
        #expect(filter.result?.outcome == .delivered)
    }

    @Test("A line that never ends is passed on, and little of it is held")
    func endless() {
        var filter = AnswerFilter(token: "word")
        var count = 0
        for _ in 0..<100 { count += filter.receive(Array(repeating: 0x61, count: 10_000)).count }
        #expect(count == 1_000_000 - AnswerFilter.heldBytesMax)
        count += filter.receive(Array(delivered.utf8)).count + filter.finish().count
        #expect(count == 1_000_000)
        #expect(filter.result?.outcome == .delivered)
    }

    @Test("The first result counts, and what cannot be read is none")
    func first() {
        var filter = AnswerFilter(token: "word")
        #expect(filter.receive(Array("word {\n".utf8)) == Array("word {\n".utf8))
        #expect(filter.result == nil)
        _ = filter.receive(Array((#"word {"outcome":"failed","error":"no"}"# + "\n" + delivered).utf8))
        #expect(filter.result?.error == "no")
    }

    @Test(
        "An error arrives as it was thrown",
        arguments: [
            (ListenerError.permanent("gone"), ListenerError.permanent("gone")),
            (.permanent(""), .permanent("")),
            (.permanent("\"two\"\nlines \u{7}é✓"), .permanent("\"two\" lines  é✓")),
            (
                .retry(after: .milliseconds(1500), reason: "busy"),
                .retry(after: .milliseconds(1500), reason: "busy")
            ),
            (.retry(after: .seconds(-1), reason: "now"), .retry(after: .zero, reason: "now")),
        ]
    )
    func errors(thrown: ListenerError, arrived: ListenerError) throws {
        let answer = try #require(try answer(to: thrown))
        #expect(throws: arrived) { try answer.end() }
    }

    @Test("A wait of any length is told without a trap")
    func longWait() throws {
        let answer = try #require(try answer(to: .retry(after: .seconds(Int64.max), reason: "never")))
        #expect(throws: ListenerError.self) { try answer.end() }
        #expect(answer.afterMilliseconds ?? 0 > 1 << 60)
    }

    @Test("A long error is cut, so that its line is written in one piece")
    func longError() throws {
        let error = ListenerError.permanent(String(repeating: "\"/✓\u{1}", count: 1000))
        #expect(try IsolatedAnswer(error).line(token: "word").count <= AnswerFilter.heldBytesMax)
        let answer = try #require(try answer(to: error))
        #expect(answer.error?.utf8.count ?? 0 <= IsolatedAnswer.errorBytesMax + 6)
        #expect(answer.error?.hasSuffix("…") == true)
    }

    private func answer(to error: ListenerError) throws -> IsolatedAnswer? {
        var filter = AnswerFilter(token: "word")
        #expect(filter.receive(try IsolatedAnswer(error).line(token: "word")).isEmpty)
        return filter.result
    }
}
