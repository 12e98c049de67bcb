import ArgumentParser
import Daemon
package import Events
import Outbox

/// `forgewire replay`: dispatches stored events to a listener again.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Dispatches stored events to one listener again.",
        discussion: """
            What the listener has not had is made, what is finished is pending again with all its attempts, \
            what is pending or running is left alone. Its filter decides what it gets, but for percent.
            With --retype the stored deliveries are mapped again first: a newer version may type what an \
            older one could not. Events keep their ids; the options above choose by the types before.
            """
    )

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var trial: TrialOptions

    @Option(help: "Only events received since this RFC 3339 time or age, such as 2h or 7d.")
    var since: TimeArgument?

    @Option(help: "Only events received before this RFC 3339 time or age.")
    var until: TimeArgument?

    @Option(help: "Only events of this kind, such as pull_request.")
    var kind: String?

    @Option(help: "Only events of this repository, by its full name.")
    var repository: String?

    @Option(help: "The listener that gets them; the configuration has to name it.")
    var listener: String

    @Flag(help: "Map the deliveries again first, and keep what is different.")
    var retype = false

    func validate() throws {
        if let since, let until, since.time >= until.time {
            throw ValidationError("--since is not before --until: no event could be meant")
        }
    }

    func run() async throws {
        let request = ReplayRequest(
            listener: listener,
            kind: kind,
            repository: repository,
            since: since?.time,
            until: until?.time,
            retype: retype,
            dryRun: trial.dryRun
        )
        let report = try await options.perform(request)
        if trial.json {
            for line in report.json(trial.dryRun) { StandardOutput.write(json: line) }
        } else {
            for line in lines(report) { StandardOutput.write(line) }
        }
    }

    private func lines(_ report: ReplayRequest.Report) -> [String] {
        var lines: [String] = []
        if let retyping = report.retyping {
            if !retyping.changes.isEmpty { lines += table(retyping.changes).lines + [""] }
            lines.append(sentence(retyping))
        }
        return lines + [sentence(report)]
    }

    private func table(_ changes: [RetypeChange]) -> Table {
        var table = Table(["EVENT", "BEFORE", "AFTER", "REPOSITORY", "SUBJECT"])
        for change in changes {
            table.add([
                change.event.map(String.init) ?? "new", change.from?.name, change.to.name,
                change.to.repository, change.to.subject,
            ])
        }
        return table
    }

    private func sentence(_ report: ReplayRequest.Report) -> String {
        let count = report.made + report.again
        var parts = [
            counted(count, "event", "events") + " "
                + trial.verb(
                    ("is dispatched", "are dispatched"),
                    would: "would be dispatched",
                    count
                ) + " to \(listener): \(report.made) for the first time, \(report.again) again"
        ]
        if report.open > 0 { parts.append("\(report.open) left alone, as pending or running") }
        if report.filtered > 0 { parts.append("\(report.filtered) not taken by its filter") }
        return parts.joined(separator: "; ")
    }

    private func sentence(_ report: ReplayRequest.RetypeReport) -> String {
        var parts = [
            counted(report.changed, "event", "events") + " "
                + trial.verb(("is different", "are different"), would: "would be different", report.changed)
                + ", \(report.added) " + (trial.dryRun ? "would be added" : "added")
        ]
        if report.surplus > 0 {
            parts.append("\(report.surplus) stay, though their deliveries do not give them any more")
        }
        if report.unreadable > 0 {
            parts.append(
                counted(report.unreadable, "delivery", "deliveries")
                    + " could not be mapped and stay as they are"
            )
        }
        return parts.joined(separator: "; ")
    }
}

extension EventTyping {
    /// The kind and action, as `on` writes them.
    fileprivate var name: String { kind + (action.map { ".\($0)" } ?? "") }
}

extension EventTyping: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("kind", kind)
            $0.field("action", action)
            $0.field("repository", repository)
            $0.field("subject", subject)
        }
    }
}

extension ReplayRequest.Report {
    /// A line for each change of a type, and one for the whole.
    fileprivate func json(_ isDryRun: Bool) -> [String] {
        let changes = (retyping?.changes ?? []).map { change in
            var json = JSONWriter()
            json.object {
                $0.field("event", change.event)
                $0.field("from", change.from)
                $0.field("to", change.to)
            }
            return json.text
        }
        var json = JSONWriter()
        json.object { json in
            json.field("made", made)
            json.field("again", again)
            json.field("open", open)
            json.field("filtered", filtered)
            if let retyping {
                json.field("changed", retyping.changed)
                json.field("added", retyping.added)
                json.field("surplus", retyping.surplus)
                json.field("unreadable", retyping.unreadable)
            }
            json.field("dryRun", isDryRun)
        }
        return changes + [json.text]
    }
}
