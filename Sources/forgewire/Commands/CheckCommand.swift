import ArgumentParser
import Daemon
import Settings

/// `forgewire check`: validates the configuration.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Validates the configuration and prints it as it is in force.",
        discussion: """
            Every problem is printed as file:line:column: what; did you mean …. If none is an error, \
            the configuration follows with every default, secrets as their references only.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let check = try options.check()
        for problem in check.problems { StandardOutput.write(problem.description) }
        guard check.plan != nil else { throw CommandExit.invalidConfiguration }
        StandardOutput.write(check.configuration.effectiveDescription)
    }
}
