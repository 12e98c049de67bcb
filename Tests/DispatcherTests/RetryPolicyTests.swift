import Dispatcher
import Testing

@Suite("Retry delays")
struct RetryPolicyTests {
    @Test(
        "Each wait is three times the one before, up to the longest",
        arguments: [
            (1, 5), (2, 15), (3, 45), (4, 135), (5, 405), (6, 1215), (7, 3645), (8, 10_935), (9, 32_805),
            (10, 36_000), (11, 36_000), (17, 36_000), (1_000_000, 36_000),
        ] as [(Int, Int)]
    )
    func growth(attempt: Int, seconds: Int) {
        let delay = RetryPolicy.standard.delay(afterAttempt: attempt, random: 0.5)
        #expect(abs(delay / .seconds(seconds) - 1) < 1e-9)
    }

    @Test("The default attempts stretch over about 94 hours")
    func total() {
        let policy = RetryPolicy.standard
        let total = (1..<policy.maxAttempts).reduce(Duration.zero) {
            $0 + policy.delay(afterAttempt: $1, random: 0.5)
        }
        #expect((93.0...94.0).contains(total / .seconds(3600)))
    }

    @Test("Chance makes a wait longer or shorter by a fifth at most", arguments: [1, 4, 10, 17])
    func jitter(attempt: Int) {
        let policy = RetryPolicy.standard
        let middle = policy.delay(afterAttempt: attempt, random: 0.5)
        #expect(abs(policy.delay(afterAttempt: attempt, random: 0) / middle - 0.8) < 1e-9)
        #expect(abs(policy.delay(afterAttempt: attempt, random: 1) / middle - 1.2) < 1e-9)
        for step in 0...100 {
            let ratio = policy.delay(afterAttempt: attempt, random: Double(step) / 100) / middle
            #expect(ratio >= 0.8 - 1e-9 && ratio <= 1.2 + 1e-9)
        }
    }

    @Test("A first wait over the longest is cut to it")
    func initialOverMax() {
        let policy = RetryPolicy(maxAttempts: 3, initial: .seconds(60), factor: 3, max: .seconds(10))
        #expect(policy.delay(afterAttempt: 1, random: 0.5) == .seconds(10))
    }

    @Test("A factor of one keeps the wait the same")
    func constantWait() {
        let policy = RetryPolicy(maxAttempts: 3, initial: .seconds(2), factor: 1, max: .seconds(10))
        #expect(policy.delay(afterAttempt: 1000, random: 0.5) == .seconds(2))
    }
}
