import Daemon
import Foundation
import Listeners
import Outbox
import Settings

extension ConfigurationOptions {
    /// Has something done by the daemon that serves the outbox, or does it if none runs.
    ///
    /// What is about to give the outbox up, or to take commands, is waited for.
    ///
    /// - Returns: What was done.
    /// - Throws: `CommandFailure` that says what to do.
    func perform<Command: ControlRequest>(_ command: Command) async throws -> Command.Report {
        let configuration = try load()
        let path = configuration.outbox.path
        let socket = ControlSocket(outboxPath: path)
        let wait = LockWait(timeMax: configuration.outbox.lockWait) { StandardError.write("Waiting: \($0)") }
        do {
            return try await wait.opening {
                if let report = try await handOver(command, to: socket, path) { return report }
                do {
                    return try await performAlone(command, configuration)
                } catch let error as OutboxError where error.code == .locked {
                    // It may have become ready between the two.
                    if let report = try await handOver(command, to: socket, path) { return report }
                    throw error
                }
            }
        } catch let error as OutboxError where error.code == .locked || error.code == .busy {
            throw CommandFailure(socket.unreachableReason(error))
        } catch let error as AdministrationError {
            throw CommandFailure(error.message)
        }
    }

    /// Has the daemon do something; nil if none listens.
    ///
    /// - Throws: `OutboxError.Code.busy` if it stops, and what `ControlClient` throws.
    private func handOver<Command: ControlRequest>(
        _ command: Command,
        to socket: ControlSocket,
        _ path: String
    ) async throws -> Command.Report? {
        do {
            return try await ControlClient(socket: socket).perform(command)
        } catch let error as AdministrationError where error.code == .stopping {
            let holder = LockHolder(ofOutbox: path)?.description ?? "a daemon that stops"
            throw OutboxError(.busy, "\(path) is in use by \(holder)")
        }
    }

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
        let outbox = try Outbox(path: path)
        defer { outbox.close() }
        let reader = try AdministrationReader(path: path)
        defer { reader.close() }
        let administration = OutboxAdministration(
            outbox: outbox,
            reader: reader,
            listeners: ListenerDirectory(configuration, registry: try makeListenerRegistry()),
            retention: configuration.outbox.retention
        )
        return try await command.perform(on: administration)
    }
}

extension ControlSocket {
    /// Why the command can neither be handed over nor done here.
    fileprivate func unreachableReason(_ error: OutboxError) -> String {
        guard error.code == .locked else { return error.message }
        return "\(error.message), as " + (isPossible ? "nothing answers at \(path)" : impossibleReason)
    }
}
