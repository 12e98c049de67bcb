package import Events
import ListenerKit
package import Logging

/// What runs attempts: a listener in this process, a command or an HTTP endpoint.
package protocol AttemptRunner: Sendable {
    /// Has an attempt run as soon as what it needs is there; until then its time does not begin.
    ///
    /// - Throws: `CancellationError` if the task is cancelled before; what the body throws.
    func whenReady(_ body: () async throws -> Void) async throws

    /// Runs one attempt; returning means that the event is delivered.
    ///
    /// The task is cancelled at the deadline, or when the daemon stops and cannot wait any longer; then the
    /// runner ends what it has begun and returns, or throws anything. Until it has returned it occupies one
    /// of its listener's slots. What is called at the cancellation must not block: the others wait for it.
    ///
    /// - Throws: `ListenerError`, `AttemptFailure`, or any other error for an attempt that failed and is to
    ///   be repeated.
    func run(_ attempt: Attempt) async throws

    /// Ends what the runner holds: connections, and programs of attempts that were cut off.
    ///
    /// Called once, when nothing more will run. Attempts that were interrupted may not have returned yet, and
    /// nobody waits for them: what is still theirs has to end here, and soon, as the daemon's end waits for
    /// this.
    func close() async
}

extension AttemptRunner {
    /// Runs the attempt at once: it needs nothing.
    package func whenReady(_ body: () async throws -> Void) async throws { try await body() }

    /// Does nothing: the runner holds nothing.
    package func close() async {}
}

/// One attempt, as its runner gets it.
package struct Attempt: Sendable {
    /// What is to be delivered.
    package var dispatch: ClaimedDispatch
    /// When the attempt is cancelled.
    package var deadline: Moment
    /// Gives the exact bytes that the provider sent.
    package var payload: @Sendable () async throws -> [UInt8]
    /// Whether the attempt is cut off because the daemon stops: then nothing may be waited for.
    package var isInterrupted: @Sendable () -> Bool

    private let makeLogger: @Sendable () -> Logger

    /// Names the listener, the event and the attempt; made when asked for, as most attempts log nothing.
    package var logger: Logger { makeLogger() }

    package init(
        dispatch: ClaimedDispatch,
        deadline: Moment,
        logger: @autoclosure @escaping @Sendable () -> Logger,
        payload: @escaping @Sendable () async throws -> [UInt8],
        isInterrupted: @escaping @Sendable () -> Bool
    ) {
        self.dispatch = dispatch
        self.deadline = deadline
        makeLogger = logger
        self.payload = payload
        self.isInterrupted = isInterrupted
    }
}

/// How an attempt outside this process failed, where that is more than "try again".
package enum AttemptFailure: Error, Hashable, CustomStringConvertible, Sendable {
    /// The program was ended by a signal: the outcome is `crashed`, and it is tried again.
    case crashed(String)
    /// The process died that a suspect ran alone in: `crashed`; after three of these the dispatch is dead.
    case crashedAlone(String)
    /// The receiver wants no more: its listener is paused, and the attempt does not count.
    case unwanted(String)
    /// The receiver asks for this time: until it is over its listener gets no work. The attempt has failed.
    case busy(for: Duration, reason: String)
    /// Descriptors, processes or memory are short: the attempt does not count, and is made again.
    case noRoom(String)

    /// What happened.
    package var description: String {
        switch self {
        case .crashed(let reason), .crashedAlone(let reason), .unwanted(let reason), .noRoom(let reason),
            .busy(_, let reason):
            reason
        }
    }
}
