import ArgumentParser
import Foundation
import Outbox

/// `forgewire show`: shows one event.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one event with its delivery, dispatches and attempts."
    )

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The event's id.")
    var eventID: Int64

    @Flag(help: "Write the exact bytes that the provider sent, and nothing else.")
    var payload = false

    @Flag(help: "Print the event JSON with delivery, dispatches and attempts, on one line.")
    var json = false

    func validate() throws {
        guard !(payload && json) else { throw ValidationError("--payload and --json exclude each other") }
    }

    func run() async throws {
        let outbox = try options.openOutbox()
        guard let details = try outbox.details(ofEvent: eventID) else {
            throw CommandFailure(
                "there is no event \(eventID): `forgewire events` lists those that there are"
            )
        }
        if payload {
            guard let bytes = try outbox.payload(ofDelivery: details.delivery.id) else {
                throw CommandFailure("the delivery of event \(eventID) was pruned meanwhile")
            }
            StandardOutput.write(Data(bytes))
        } else if json {
            StandardOutput.write(json: details.json)
        } else {
            for line in details.lines { StandardOutput.write(line) }
        }
    }
}
