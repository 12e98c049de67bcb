import Daemon
import Foundation
import Listeners
import Outbox
import Settings

extension ConfigurationOptions {
    /// Has something done by the daemon that serves the outbox, or does it if none runs.
    ///
    /// - Returns: What was done.
    /// - Throws: `CommandFailure` that says what to do.
    func perform<Command: ControlRequest>(_ command: Command) async throws -> Command.Report {
        let configuration = try load()
        let socket = ControlSocket(outboxPath: configuration.outbox.path)
        var looksLeft = Self.looksMax
        while true {
            do {
                if let report = try await ControlClient(socket: socket).perform(command) { return report }
                return try await performAlone(command, configuration)
            } catch let error as OutboxError where error.code == .locked {
                // A daemon that has just been started has the lock before it listens.
                guard socket.isPossible, looksLeft > 0 else {
                    throw CommandFailure(socket.unreachableReason(error))
                }
                looksLeft -= 1
                try await SystemClock().sleep(Self.lookInterval)
            } catch let error as AdministrationError {
                throw CommandFailure(error.message)
            }
        }
    }

    /// How often, and how long apart, it is looked for a daemon that has the lock: three seconds.
    private static let looksMax = 30
    private static let lookInterval = Duration.milliseconds(100)

    /// No daemon runs: the lock keeps one from starting meanwhile.
    private func performAlone<Command: ControlRequest>(
        _ command: Command,
        _ configuration: Configuration
    ) async throws -> Command.Report {
        let path = configuration.outbox.path
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                "there is no outbox at \(path): start `forgewire serve` once, or see outbox.path"
            )
        }
        let clock = SystemClock()
        let outbox = try Outbox(path: path, now: clock.now())
        defer { outbox.close() }
        let reader = try AdministrationReader(path: path)
        defer { reader.close() }
        let administration = OutboxAdministration(
            outbox: outbox,
            reader: reader,
            listeners: ListenerDirectory(configuration, registry: try makeListenerRegistry()),
            retention: configuration.outbox.retention,
            now: { clock.now() }
        )
        return try await command.perform(on: administration)
    }
}

extension ControlSocket {
    /// Why the command can neither be handed over nor done here.
    fileprivate func unreachableReason(_ error: OutboxError) -> String {
        let reason =
            isPossible
            ? "nothing answers at \(path): it is starting or stopping, or another command is at work; "
                + "try again"
            : impossibleReason
        return "\(error.message), as \(reason)"
    }
}
