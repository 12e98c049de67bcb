import Events
import TestKit
import Testing

@testable import Dispatcher

@Suite("Rates")
struct RateBucketTests {
    private let now = Uptime(testMilliseconds: 1_000_000)

    @Test("A full bucket has as many tokens as the rate has attempts, and they come back a period later")
    func burst() {
        let bucket = Bucket(attempts: 3, period: .seconds(64))
        #expect(bucket.tokens(now) == 3)
        bucket.value.take(2, now: now)
        #expect(bucket.tokens(now) == 1)
        #expect(bucket.nextTokenAt(now) == now)
        bucket.value.take(1, now: now)
        #expect(bucket.tokens(now.advanced(by: .seconds(64))) == 0)
        let time = bucket.nextTokenAt(now)
        #expect(time > now.advanced(by: .seconds(64)) && time <= now.advanced(by: .seconds(65)))
        #expect(bucket.tokens(time) == 3)
    }

    @Test("A quiet time gives no more than a full bucket")
    func quietTime() {
        let bucket = Bucket(attempts: 2, period: .seconds(1))
        bucket.value.take(2, now: now)
        #expect(bucket.tokens(now.advanced(by: .seconds(100_000))) == 2)
    }

    @Test("A token that is held is nobody else's until the attempt begins, from which on it is away, or not")
    func held() {
        let bucket = Bucket(attempts: 2, period: .seconds(64))
        bucket.value.hold()
        bucket.value.hold()
        #expect(bucket.tokens(now) == 0)
        #expect(bucket.value.nextTokenAt(now: now) == nil, "time alone brings none back")
        bucket.value.giveBack()
        #expect(bucket.tokens(now) == 1)
        let begin = now.advanced(by: .seconds(1000))
        bucket.value.takeHeld(1, now: begin)
        #expect(bucket.tokens(begin) == 1)
        #expect(bucket.tokens(begin.advanced(by: .seconds(64))) == 1)
        #expect(bucket.tokens(begin.advanced(by: .seconds(65))) == 2)
    }

    @Test("What is held is taken all at once where another bucket goes on")
    func takesAllHeld() {
        let bucket = Bucket(attempts: 3, period: .seconds(64))
        bucket.value.hold()
        bucket.value.hold()
        bucket.value.takeHeld(now: now)
        #expect(bucket.tokens(now) == 1)
        #expect(bucket.tokens(now.advanced(by: .seconds(65))) == 3)
    }

    @Test(
        "Periods from nothing to for ever are kept without an overflow",
        arguments: [
            Duration.zero, .nanoseconds(1), .milliseconds(1), .seconds(3600), .seconds(Int64.max),
        ]
    )
    func extremes(period: Duration) {
        let bucket = Bucket(attempts: 1, period: period)
        bucket.value.take(1, now: now)
        #expect(bucket.tokens(now) == 0)
        #expect(bucket.nextTokenAt(now) > now.advanced(by: period) || period > .seconds(3600))
    }

    @Test("In no window of a period do more begin than the rate says, and hardly fewer", arguments: 0..<20)
    func generated(run: Int) {
        var random = SeededGenerator(printedFor: "rate \(run)")
        let limit = Int.random(in: 1...20, using: &random)
        let period = Duration.milliseconds(Int.random(in: 1...5000, using: &random))
        let bucket = Bucket(attempts: limit, period: period)
        var time = now
        var starts: [Uptime] = []
        for _ in 0..<2000 {
            time = time.advanced(by: .milliseconds(Int.random(in: 0...200, using: &random)))
            let count = min(bucket.tokens(time), Int.random(in: 0...limit, using: &random))
            bucket.value.take(count, now: time)
            starts += Array(repeating: time, count: count)
        }
        for (first, next) in zip(starts, starts.dropFirst(limit)) {
            // Whole milliseconds are counted, so exactly a period apart could be less than that.
            #expect(next.duration(since: first) > period, "seed \(random.seed)")
        }
        let last = bucket.nextTokenAt(time).duration(since: time)
        #expect(last <= period * 1.02 + .milliseconds(1), "seed \(random.seed)")
    }

    /// A bucket that tests can change inside of an expectation.
    private final class Bucket {
        var value: RateBucket

        init(attempts: Int, period: Duration) {
            value = RateBucket(limit: RateLimit(attempts: attempts, period: period))
        }

        func tokens(_ time: Uptime) -> Int { value.tokens(now: time) }

        func nextTokenAt(_ time: Uptime) -> Uptime {
            value.nextTokenAt(now: time) ?? Uptime(testMilliseconds: .max)
        }
    }
}
