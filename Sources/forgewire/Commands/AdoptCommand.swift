import ArgumentParser
import Daemon
import Events

/// `forgewire adopt`: gives a listener the work of one that is gone.
struct AdoptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Makes the pending and dead dispatches of a listener that is gone another's.",
        discussion: """
            For a listener that was renamed or replaced. The dispatches keep their order, their attempts and \
            their webhook-id. Where the new listener has a dispatch of the same event, both stay; `forgewire \
            discard` gives up those of the old one. What runs at this moment stays; if it does not end \
            well, adopt again. No filter is asked.
            """
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var trial: TrialOptions

    @Argument(help: "The listener that is gone from the configuration.")
    var old: String

    @Argument(help: "The listener of the configuration that gets its dispatches.")
    var new: String

    func validate() throws {
        guard old != new else { throw ValidationError("both are the same listener") }
    }

    func run() async throws {
        let report = try await options.perform(AdoptRequest(from: old, to: new, dryRun: trial.dryRun))
        StandardOutput.write(trial.json ? report.json(trial.dryRun) : sentence(report))
    }

    private func sentence(_ report: AdoptRequest.Report) -> String {
        let adopted =
            counted(report.adopted, "dispatch", "dispatches") + " of \(old) "
            + trial.verb(("is", "are"), would: "would be", report.adopted) + " \(new)'s"
        var parts = [adopted]
        if report.left > 0 {
            parts.append(
                "\(report.left) \(report.left == 1 ? "stays" : "stay"), as \(new) has one of the same event"
            )
        }
        if report.running > 0 {
            let stay =
                report.running == 1 ? "1 is running and stays" : "\(report.running) are running and stay"
            parts.append("\(stay): run this again later for what is left then")
        }
        return parts.joined(separator: "; ")
    }
}

extension AdoptRequest.Report {
    fileprivate func json(_ isDryRun: Bool) -> String {
        var json = JSONWriter()
        json.object {
            $0.field("adopted", adopted)
            $0.field("left", left)
            $0.field("running", running)
            $0.field("dryRun", isDryRun)
        }
        return json.text
    }
}
