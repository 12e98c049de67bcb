import Events
import ListenerKit
import Tracing

/// What a queue has its attempts run by.
enum QueueRunner: Sendable {
    /// A listener of this process; what is suspect runs in isolation, where there is one.
    case inProcess(InProcessRunner, isolation: (any AttemptRunner)?)
    /// A command or an endpoint.
    case outside(any AttemptRunner)

    /// Runs an attempt; returning means that the event is delivered.
    ///
    /// - Parameters:
    ///   - attempt: The attempt; its deadline is that of one that begins at once.
    ///   - span: The attempt's span.
    ///   - begin: Lets its time begin, and gives the deadline.
    /// - Throws: What the listener or its runner throws.
    func run(_ attempt: Attempt, span: any Span, begin: @Sendable () -> Timestamp) async throws {
        switch self {
        case .inProcess(_, let isolation?) where attempt.dispatch.isSuspect:
            try await run(attempt, on: isolation, begin: begin)
        case .inProcess(let runner, _):
            try await runner.run(attempt, span: span, begin: begin)
        case .outside(let runner):
            try await run(attempt, on: runner, begin: begin)
        }
    }

    private func run(
        _ attempt: Attempt,
        on runner: any AttemptRunner,
        begin: @Sendable () -> Timestamp
    ) async throws {
        var attempt = attempt
        attempt.deadline = begin()
        try await runner.run(attempt)
    }

    /// Closes what belongs to the queue; the isolation is everybody's.
    func close() async {
        if case .outside(let runner) = self { await runner.close() }
    }
}

/// Runs a listener of this process on its share of the worker pool.
struct InProcessRunner: Sendable {
    let listener: AnyListener
    let executor: ListenerExecutor

    /// Has the listener handle the event of an attempt, whose time begins when a thread takes it up.
    ///
    /// - Throws: `DecodingError`, or what the listener throws.
    func run(_ attempt: Attempt, span: any Span, begin: @Sendable () -> Timestamp) async throws {
        try await withTaskExecutorPreference(executor) {
            let deadline = begin()
            try await listener.handle(json: attempt.dispatch.json) { envelope in
                ListenerContext(
                    eventId: attempt.dispatch.event,
                    attempt: attempt.dispatch.attempt,
                    deadline: deadline,
                    logger: attempt.logger,
                    span: span,
                    repository: envelope.repository,
                    actor: envelope.actor,
                    payload: attempt.payload
                )
            }
        }
    }
}
