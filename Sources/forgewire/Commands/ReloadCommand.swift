import ArgumentParser
import Daemon
import Events
import Settings

/// `forgewire reload`: has the daemon take over the configuration file.
struct ReloadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload",
        abstract: "Has the daemon take over the configuration file.",
        discussion: """
            Sources, secrets and listeners change at once, everything else at the next start. The daemon \
            reads the file that it was started with; this command only looks there which outbox it serves. \
            Ends with 0 when the file was taken, with 78 and its problems when it was not and the old one \
            stays, with 1 when no daemon runs.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        // The daemon judges the file, by its own environment; here only one value of it is needed.
        let check = try options.check()
        guard check.isReadable else {
            // It does not even say where the daemon is, which could not take it either.
            for problem in check.fileProblems { StandardError.write(problem.description) }
            throw CommandExit.invalidConfiguration
        }
        let socket = ControlSocket(outboxPath: check.configuration.outbox.path)
        let report: ReloadRequest.Report?
        do {
            report = try await ControlClient(socket: socket).perform(ReloadRequest())
        } catch let error as AdministrationError {
            guard error.code == .invalidConfiguration else { throw CommandFailure(error.message) }
            StandardError.write(error.message)
            throw CommandExit.invalidConfiguration
        }
        guard let report else {
            throw CommandFailure(
                "no daemon answers at \(socket.path), so there is nothing to reload; "
                    + "if outbox.path was changed, the daemon that runs is to be restarted"
            )
        }
        StandardOutput.write(json ? report.json : report.text)
    }
}

extension ReloadRequest.Report {
    /// The report for programs.
    var json: String {
        var json = JSONWriter()
        json.object {
            $0.field("sources", sources)
            $0.field("listeners", listeners)
            $0.field("needsRestart", needsRestart)
        }
        return json.text
    }

    /// The report for people.
    var text: String {
        let taken =
            "the configuration was taken: \(counted(sources.count, "source", "sources")), "
            + counted(listeners.count, "listener", "listeners")
        return needsRestart
            ? taken + "; what is neither a source nor a listener changes at the next start only" : taken
    }
}
