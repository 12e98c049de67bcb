import TestKit
import Testing

@testable import Outbox

@Suite("When checkpoints are taken", .timeLimit(.minutes(10)))
struct CheckpointPlanTests {
    /// A log, and a step on its way; as SQLite has it.
    private struct Log {
        var pages = 0
        var copied = 0
        var step: Step?

        /// A step beside transactions, before and after it has read how long the log is.
        enum Step {
            case begun
            case copying(Int)
        }

        /// What a step does next, when its thread runs: it reads how long the log is, then it copies that.
        mutating func advanceStep() {
            switch step {
            case nil:
                break
            case .begun:
                #expect(copied < pages, "a checkpoint begins with all of the log in the file")
                step = .copying(pages)
            case .copying(let count):
                copied = count
                step = nil
            }
        }

        var isStepUnderWay: Bool { step != nil }

        /// A transaction writes; it starts the log anew if all of it is in the file.
        mutating func write(_ count: Int) {
            if copied == pages {
                #expect(!isStepUnderWay, "the log is started anew beneath a checkpoint")
                (pages, copied) = (0, 0)
            }
            pages += count
        }
    }

    @Test(
        "None begins beside transactions with the whole log in the file, and the log stays short",
        arguments: 0..<200
    )
    func order(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var (plan, log, beside, longest) = (CheckpointPlan(), Log(), 0, 0)
        let largest = 400
        for _ in 0..<2000 {
            if Bool.random(using: &random) { log.advanceStep() }
            plan.transactionBegins(isStepUnderWay: log.isStepUnderWay)
            // Some write nothing, of which SQLite does not tell.
            let count = [0, 1, 20, largest].randomElement(using: &random) ?? 0
            if Bool.random(using: &random) { log.advanceStep() }
            if count > 0 {
                log.write(count)
                plan.committed(pages: log.pages)
            }
            longest = max(longest, log.pages)
            if Bool.random(using: &random) { log.advanceStep() }
            switch plan.next() {
            case .none:
                break
            case .beside:
                #expect(!log.isStepUnderWay)
                log.step = .begun
                beside += 1
            case .before:
                while log.isStepUnderWay { log.advanceStep() }
                log.copied = log.pages
            }
        }
        #expect(beside > 10)
        #expect(longest < CheckpointPlan.logPagesMax + CheckpointPlan.lastStepPagesMin + largest)
    }
}
