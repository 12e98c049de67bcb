import ArgumentParser
import Daemon
import Events

/// `forgewire discard`: gives dispatches up for good.
struct DiscardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Gives pending or dead dispatches of a listener up for good.",
        discussion: """
            The events stay until they are past their age, so `replay` can dispatch them again. What runs \
            at this moment is not discarded.
            """
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var choice: EventChoice
    @OptionGroup var trial: TrialOptions

    @Option(help: "The listener; one that the configuration does not name any more, too.")
    var listener: String

    func run() async throws {
        let request = DiscardRequest(event: choice.eventID, listener: listener, dryRun: trial.dryRun)
        let report = try await options.perform(request)
        StandardOutput.write(trial.json ? report.json(trial.dryRun) : sentence(report))
    }

    private func sentence(_ report: DiscardRequest.Report) -> String {
        let discarded =
            counted(report.discarded, "dispatch", "dispatches") + " "
            + trial.verb(
                ("is discarded", "are discarded"),
                would: "would be discarded",
                report.discarded
            )
        guard report.running > 0 else { return discarded }
        let stay = report.running == 1 ? "1 is running and stays" : "\(report.running) are running and stay"
        return "\(discarded); \(stay)"
    }
}

extension DiscardRequest.Report {
    fileprivate func json(_ isDryRun: Bool) -> String {
        var json = JSONWriter()
        json.object {
            $0.field("discarded", discarded)
            $0.field("running", running)
            $0.field("dryRun", isDryRun)
        }
        return json.text
    }
}
