import Events
import ListenerKit
import Tracing

/// What a queue has its attempts run by.
enum QueueRunner: Sendable {
    /// A listener of this process; what is suspect runs in isolation, where there is one.
    case inProcess(InProcessRunner, isolation: (any AttemptRunner)?)
    /// A command or an endpoint.
    case outside(any AttemptRunner)

    /// Where an attempt is to run; nil for Swift's shared pool.
    func executor(for dispatch: ClaimedDispatch) -> (any TaskExecutor)? {
        switch self {
        case .inProcess(_, .some) where dispatch.isSuspect: nil
        case .inProcess(let runner, _): runner.executor
        case .outside: nil
        }
    }

    /// Has an attempt run as soon as what it needs is there; until then its time does not begin.
    ///
    /// - Throws: `CancellationError` if the task is cancelled before; what the body throws.
    func whenReady(for dispatch: ClaimedDispatch, _ body: () async throws -> Void) async throws {
        switch self {
        case .inProcess(_, let isolation?) where dispatch.isSuspect: try await isolation.whenReady(body)
        case .inProcess: try await body()
        case .outside(let runner): try await runner.whenReady(body)
        }
    }

    /// Runs an attempt; returning means that the event is delivered.
    ///
    /// - Throws: What the listener or its runner throws.
    func run(_ attempt: Attempt, span: any Span) async throws {
        switch self {
        case .inProcess(_, let isolation?) where attempt.dispatch.isSuspect: try await isolation.run(attempt)
        case .inProcess(let runner, _): try await runner.run(attempt, span: span)
        case .outside(let runner): try await runner.run(attempt)
        }
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

    /// Has the listener handle the event of an attempt, in whose task, which runs on the executor.
    ///
    /// - Throws: `DecodingError`, or what the listener throws.
    func run(_ attempt: Attempt, span: any Span) async throws {
        let dispatch = attempt.dispatch
        try await listener.handle(json: dispatch.json, typedEvent: dispatch.typedEvent) { envelope in
            ListenerContext(
                eventId: dispatch.event,
                attempt: dispatch.attempt,
                deadline: attempt.deadline.time,
                logger: attempt.logger,
                span: span,
                repository: envelope.repository,
                actor: envelope.actor,
                payload: attempt.payload
            )
        }
    }
}
