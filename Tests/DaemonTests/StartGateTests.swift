import ServiceLifecycle
import ServiceLifecycleTestKit
import Testing

@testable import Daemon

@Suite("The steps of the start", .timeLimit(.minutes(10)))
struct StartGateTests {
    @Test("Who comes before and who comes after pass when the step is done")
    func open() async {
        let gate = StartGate()
        async let before = gate.isPassed()
        gate.open()
        gate.abandon()
        #expect(await before)
        #expect(await gate.isPassed())
    }

    @Test("Nobody waits for a step that will not be done")
    func abandoned() async {
        let gate = StartGate()
        async let before = gate.isPassed()
        gate.abandon()
        #expect(await !before)
        #expect(await !gate.isPassed())
    }

    @Test("A service that waits for its step ends when the daemon stops, and has done nothing")
    func stopped() async throws {
        let service = GatedService(gate: StartGate(), service: ServiceClosure { throw Surprise() })
        try await testGracefulShutdown { trigger in
            async let run: Void = service.run()
            trigger.triggerGracefulShutdown()
            try await run
        }
    }
}

private struct Surprise: Error {}
