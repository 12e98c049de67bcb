import ArgumentParser
import Daemon
import Outbox
import Settings

/// `forgewire check`: validates the configuration, or an outbox.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validates the configuration and prints it as it is in force.",
        discussion: """
            Every problem is printed as file:line:column: what; did you mean …. If none is an error, \
            the configuration follows with every default, secrets as their references only.
            With --outbox, a file is read from beginning to end instead: whether it is an outbox, and whole. \
            A daemon may be at work on it. The configuration is looked at, too, if --config names it.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("An outbox, or a copy of one, to check.", valueName: "file"))
    var outbox: String?

    func run() async throws {
        if let outbox {
            try check(outbox)
            guard options.file != nil else { return }
        }
        let check = try options.check()
        for problem in check.problems { StandardOutput.write(problem.description) }
        guard check.plan != nil else { throw CommandExit.invalidConfiguration }
        StandardOutput.write(check.configuration.effectiveDescription)
    }
    private func check(_ outbox: String) throws {
        let found = try OutboxVerification(path: outbox)
        guard found.problems.isEmpty else {
            for problem in found.problems { StandardOutput.write("\(outbox): \(problem)") }
            throw CommandFailure("\(outbox) is damaged")
        }
        let version = "schema version \(found.schemaVersion)"
        StandardOutput.write(
            "\(outbox) is whole: an outbox of \(version)"
                + (found.isOld ? ", which `forgewire serve` brings up to date" : "") + ", with "
                + counted(found.deliveries, "delivery", "deliveries") + " and "
                + counted(found.events, "event", "events")
        )
    }
}
