import ArgumentParser
import Events
import Outbox
import Settings

/// `forgewire dead`: lists dead letters.
struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "Lists dead letters with their reasons, newest first.",
        discussion: """
            `forgewire show` tells more of one; `redrive` sets dead letters pending again, `discard` gives \
            them up for good.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "Only dead letters of this listener.")
    var listener: String?

    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let reader = try AdministrationReader(path: configuration.outbox.path)
        defer { reader.close() }
        if let listener, configuration.listener(named: listener) == nil {
            guard try await reader.knowsListener(listener) else {
                throw CommandFailure(
                    "there is no listener \"\(listener)\": `forgewire listeners` lists those that there are"
                )
            }
        }
        let letters = try await reader.deadLetters(of: listener)
        if json {
            for letter in letters { StandardOutput.write(json: letter.json) }
            return
        }
        var table = Table(["EVENT", "LISTENER", "REASON", "ATTEMPTS", "FINISHED", "ERROR"])
        for letter in letters {
            table.add([
                "\(letter.event)", letter.listener, letter.reason, "\(letter.attempts)",
                letter.finishedAt?.description, letter.error,
            ])
        }
        for line in table.lines { StandardOutput.write(line) }
    }
}

extension DeadLetter {
    fileprivate var json: String {
        var json = JSONWriter()
        json.object {
            $0.field("event", event)
            $0.field("listener", listener)
            $0.field("reason", reason)
            $0.field("error", error)
            $0.field("attempts", attempts)
            $0.field("finishedAt", finishedAt)
        }
        return json.text
    }
}
