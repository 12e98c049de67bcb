import ArgumentParser
import Daemon
import Events

/// `forgewire prune`: deletes what is past its age.
struct PruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Applies retention now: deletes what is finished and past its age.",
        discussion: """
            A delivery goes with its events, dispatches and attempts when each dispatch is finished and past \
            its age; what is pending or running never goes. The ages are outbox.retention; the daemon \
            applies them every hour by itself, and leaves some room in the file that this gives back.
            After the clock of a running daemon was set by more than a minute, nothing is pruned for a day: \
            a clock that was wrong for a moment would make old what is not.
            """
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var trial: TrialOptions

    @Option(help: "Another age instead, such as 7d, or an RFC 3339 time; for dead letters, too.")
    var olderThan: TimeArgument?

    @Flag(help: "Prune also within a day after the clock was set by more than a minute.")
    var force = false

    func run() async throws {
        let report = try await options.perform(
            PruneRequest(olderThan: olderThan?.time, dryRun: trial.dryRun, force: force)
        )
        StandardOutput.write(trial.json ? report.json(trial.dryRun) : sentence(report))
    }

    private func sentence(_ report: PruneRequest.Report) -> String {
        let pruned =
            counted(report.deliveries, "delivery", "deliveries") + " "
            + trial.verb(("is pruned", "are pruned"), would: "would be pruned", report.deliveries)
        guard report.freedBytes > 0 else { return pruned }
        return "\(pruned); the file is \(report.freedBytes / 1024) KiB smaller"
    }
}

extension PruneRequest.Report {
    fileprivate func json(_ isDryRun: Bool) -> String {
        var json = JSONWriter()
        json.object {
            $0.field("deliveries", deliveries)
            $0.field("freedBytes", freedBytes)
            $0.field("dryRun", isDryRun)
        }
        return json.text
    }
}
