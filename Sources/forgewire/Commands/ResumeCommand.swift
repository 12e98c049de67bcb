import ArgumentParser
import Daemon

/// `forgewire resume`: hands work to a listener again.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Hands work to a paused listener again, whoever paused it.",
        discussion: """
            An operator, the breaker or the endpoint itself may have paused it, or the endpoint may have \
            asked for time: `forgewire listeners` tells.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The listener.")
    var listener: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let report = try await options.perform(ResumeRequest(listener: listener))
        StandardOutput.write(json ? report.json : "\(listener) is active")
    }
}
