import ArgumentParser
import Events
import Outbox

/// `forgewire events`: lists events.
struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events",
        abstract: "Lists stored events, newest first."
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "Only events of this source.")
    var source: String?

    @Option(help: "Only events of this kind, such as pull_request.")
    var kind: String?

    @Option(help: "Only events of this repository, by its full name.")
    var repository: String?

    @Option(help: "Only events received since this RFC 3339 time or age, such as 2h or 7d.")
    var since: TimeArgument?

    @Option(help: "How many events at most.")
    var limit = 50

    @Flag(help: "Print the event JSON, one event a line.")
    var json = false

    func validate() throws {
        guard (1...OutboxReader.rowsMax).contains(limit) else {
            throw ValidationError("--limit is from 1 to \(OutboxReader.rowsMax)")
        }
    }

    func run() async throws {
        let query = EventQuery(
            source: source,
            kind: kind,
            repository: repository,
            since: since?.time,
            limit: limit
        )
        let events = try options.openOutbox().events(query)
        if json {
            for event in events { StandardOutput.write(json: event.json) }
            return
        }
        var table = Table(["ID", "RECEIVED", "SOURCE", "KIND", "ACTION", "REPOSITORY", "SUBJECT", "PROBLEM"])
        for event in events {
            table.add([
                "\(event.id)", event.receivedAt.description, event.source, event.kind, event.action,
                event.repository, event.subject, event.problem,
            ])
        }
        for line in table.lines { StandardOutput.write(line) }
    }
}
