import Logging

/// A log that tests wait for.
struct LogJournal: LogHandler {
    /// One line.
    struct Entry: Sendable {
        let level: Logger.Level
        let message: String
        let metadata: Logger.Metadata

        subscript(_ key: String) -> String? { metadata[key].map { "\($0)" } }
    }

    let entries = Journal<Entry>()
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    var logger: Logger { Logger(label: "test") { _ in self } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let own = metadata.merging(event.metadata ?? [:]) { _, new in new }
        entries.append(Entry(level: event.level, message: event.message.description, metadata: own))
    }
}
