public import ListenerKit

/// Writes every event to standard output as one line of JSON, ready for `jq` or a log collector.
public struct EventLog: Listener {
    /// The name in the configuration.
    public let name = "event-log"

    private let output: LineOutput

    /// Makes the listener.
    ///
    /// - Parameter output: Where the lines go.
    public init(output: LineOutput = .standardOutput) {
        self.output = output
    }

    /// Writes the event.
    public func handle(_ event: AnyEvent, context: ListenerContext) async throws {
        try output.write(event.json)
    }
}
