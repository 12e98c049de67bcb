import Events
import Glibc
package import ListenerKit
package import Logging
import SystemPackage
import Tracing

/// The other side of `IsolatedRunner`: what runs in the process of its own.
package enum IsolatedAttempt {
    /// What a process takes from outside.
    package struct Environment: Sendable {
        /// Where the daemon's request comes from.
        package var input: Int32 = 0
        /// Where the answers go.
        package var output: Int32 = 2
        /// What the deadline goes by.
        package var clock: MachineClock
        /// Gets the metadata of the attempt and goes to the listener.
        package var logger: Logger
        /// Reads the bytes of a delivery.
        package var payload: @Sendable (Int64) async throws -> [UInt8]
        /// Whether the signals are ignored that stop a daemon.
        ///
        /// They often go to all processes of a service, and must not look like the listener's crash: the
        /// daemon decides how long it waits for this process.
        package var ignoresSignals = true
        /// Called when the daemon is gone: nobody waits for the answer, and a new daemon begins anew.
        package var onDaemonGone: @Sendable () -> Void = { _exit(1) }

        package init(
            clock: MachineClock,
            logger: Logger,
            payload: @escaping @Sendable (Int64) async throws -> [UInt8]
        ) {
            self.clock = clock
            self.logger = logger
            self.payload = payload
        }
    }

    /// Has a listener handle the one event that the daemon sends.
    ///
    /// The caller exits with what this returns, by `exit`, so that what the listener printed is written.
    ///
    /// - Parameters:
    ///   - listener: The one that the command line names.
    ///   - environment: Input, output, time, log and payload.
    /// - Returns: The exit code: 0 if the daemon has got an answer, whatever it is.
    package static func run(_ listener: AnyListener, _ environment: Environment) async -> Int32 {
        if environment.ignoresSignals {
            for number in [SIGTERM, SIGINT, SIGHUP, SIGPIPE] { _ = signal(number, SIG_IGN) }
        }
        let reader = RequestReader(descriptor: environment.input, onDaemonGone: environment.onDaemonGone)
        do {
            let message = try await reader.start()
            let token = message.request.token
            try write(IsolatedAnswer(.started).line(token: token), to: environment.output)
            let answer = await answer(message, listener, environment)
            try write(answer.line(token: token), to: environment.output)
            return 0
        } catch {
            environment.logger.error(
                "An attempt in a process of its own cannot be run",
                metadata: [LogKey.errorMessage: "\(error)", LogKey.listenerName: "\(listener.name)"]
            )
            return 1
        }
    }

    /// Runs the handler, which is cancelled at the deadline; one that ignores that ends with the process.
    private static func answer(
        _ message: RequestReader.Message,
        _ listener: AnyListener,
        _ environment: Environment
    ) async -> IsolatedAnswer {
        await withTaskGroup(of: IsolatedAnswer?.self) { group in
            group.addTask {
                do {
                    try await handle(message, listener, environment)
                    return IsolatedAnswer(.delivered)
                } catch {
                    return IsolatedAnswer(error)
                }
            }
            group.addTask {
                // Cancelled: the handler was faster.
                try? await environment.clock.sleep(.milliseconds(message.request.timeoutMilliseconds))
                return nil
            }
            var answer = await group.next() ?? nil
            group.cancelAll()
            while let other = await group.next() { answer = answer ?? other }
            return answer ?? IsolatedAnswer(.failed)
        }
    }

    private static func handle(
        _ message: RequestReader.Message,
        _ listener: AnyListener,
        _ environment: Environment
    ) async throws {
        let request = message.request
        var logger = environment.logger
        logger[metadataKey: LogKey.listenerName] = "\(listener.name)"
        logger[metadataKey: LogKey.eventID] = "\(request.event)"
        logger[metadataKey: LogKey.attempt] = "\(request.attempt)"
        try await withSpan("dispatch \(listener.name)", ofKind: .consumer) { span in
            try await listener.handle(json: message.event) { [logger] envelope in
                ListenerContext(
                    eventId: request.event,
                    attempt: request.attempt,
                    deadline: request.deadline,
                    logger: logger,
                    span: span,
                    repository: envelope.repository,
                    actor: envelope.actor,
                    payload: { try await environment.payload(request.delivery) }
                )
            }
        }
    }

    /// Writes a line in one piece: it is shorter than what a pipe takes at once.
    private static func write(_ line: [UInt8], to descriptor: Int32) throws {
        try FileDescriptor(rawValue: descriptor).writeAll(line)
    }
}
