import ArgumentParser
import Daemon
import Events

/// `forgewire pause`: hands no more work to a listener.
struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        abstract: "Stops handing work to a listener; its queue is kept.",
        discussion: """
            What runs is finished. The pause lasts, over restarts too, until `forgewire resume`.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The listener.")
    var listener: String

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() async throws {
        let report = try await options.perform(PauseRequest(listener: listener))
        StandardOutput.write(
            json ? report.json : "\(listener) is paused; `forgewire resume \(listener)` lets it go on"
        )
    }
}

extension PauseRequest.Report {
    /// The report for programs.
    var json: String {
        var json = JSONWriter()
        json.object {
            $0.field("listener", listener)
            $0.field("state", state)
        }
        return json.text
    }
}
