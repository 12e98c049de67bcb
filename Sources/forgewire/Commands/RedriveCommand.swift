import ArgumentParser
import Daemon
import Events

/// `forgewire redrive`: sets dead letters pending again.
struct RedriveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "redrive",
        abstract: "Sets dead letters pending again.",
        discussion: """
            They join the ends of their lanes in the order of their events, and have all their attempts \
            again. A dead letter that its listener's filter does not take any more stays dead.
            """
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var choice: EventChoice
    @OptionGroup var trial: TrialOptions

    @Option(help: "Only dead letters of this listener.")
    var listener: String?

    func run() async throws {
        let request = RedriveRequest(event: choice.eventID, listener: listener, dryRun: trial.dryRun)
        let report = try await options.perform(request)
        StandardOutput.write(trial.json ? report.json(trial.dryRun) : sentence(report))
    }

    private func sentence(_ report: RedriveRequest.Report) -> String {
        var parts = [
            counted(report.redriven, "dead letter", "dead letters") + " "
                + trial.verb(
                    ("is pending again", "are pending again"),
                    would: "would be pending again",
                    report.redriven
                )
        ]
        if report.filtered > 0 {
            parts.append("\(report.filtered) stay dead, as their listener's filter does not take them")
        }
        if report.unconfigured > 0 {
            parts.append(
                "\(report.unconfigured) stay dead, as the configuration does not name their listener"
            )
        }
        return parts.joined(separator: "; ")
    }
}

extension RedriveRequest.Report {
    fileprivate func json(_ isDryRun: Bool) -> String {
        var json = JSONWriter()
        json.object {
            $0.field("redriven", redriven)
            $0.field("filtered", filtered)
            $0.field("unconfigured", unconfigured)
            $0.field("dryRun", isDryRun)
        }
        return json.text
    }
}
