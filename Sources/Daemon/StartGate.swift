import ServiceLifecycle
import Synchronization

/// A step of the start for which what comes next waits.
final class StartGate: Sendable {
    private let state = Mutex(State())

    private struct State {
        var isOpen: Bool?
        var waiting: [AsyncStream<Bool>.Continuation] = []
    }

    /// The step is done; later calls change nothing.
    func open() { decide(true) }

    /// The step will not be done any more; later calls change nothing.
    func abandon() { decide(false) }

    /// Waits until the step is done.
    ///
    /// - Returns: False if it will not be done, or the daemon stops before.
    func isPassed() async -> Bool {
        let (answers, answer) = AsyncStream.makeStream(of: Bool.self)
        state.withLock { state in
            if let isOpen = state.isOpen { answer.yield(isOpen) } else { state.waiting.append(answer) }
        }
        return await answers.cancelOnGracefulShutdown().first { _ in true } ?? false
    }

    private func decide(_ isOpen: Bool) {
        let waiting = state.withLock { state in
            guard state.isOpen == nil else { return [AsyncStream<Bool>.Continuation]() }
            state.isOpen = isOpen
            defer { state.waiting = [] }
            return state.waiting
        }
        for answer in waiting { answer.yield(isOpen) }
    }
}

/// A service that begins when a step of the start is done, and does nothing if it never is.
struct GatedService<Base: Service>: Service {
    let gate: StartGate
    let service: Base

    func run() async throws {
        if await gate.isPassed() {
            try await service.run()
        } else {
            // A service that ends before its turn would end the daemon.
            try? await gracefulShutdown()  // fails only when the daemon ends in another way
        }
    }
}
