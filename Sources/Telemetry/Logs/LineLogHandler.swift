package import Events
package import Logging

/// Writes one line for each event: time, level, sentence, and `key=value` for what belongs to it.
///
/// No event can make two lines or look like another: what `HarmlessText` takes for harmful is escaped, each
/// value is cut at 1 KiB and the line at 8 KiB.
package struct LineLogHandler: LogHandler {
    /// The least level that is written.
    package var logLevel: Logger.Level
    /// What is written with every event.
    package var metadata: Logger.Metadata = [:]
    /// What the current task adds.
    package var metadataProvider: Logger.MetadataProvider?
    private let sink: LogSink
    private let clock: MachineClock

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - level: The least level that is written.
    ///   - metadataProvider: What the current task adds.
    ///   - sink: Where lines go.
    ///   - clock: Tells the time of an event.
    package init(
        level: Logger.Level = .info,
        metadataProvider: Logger.MetadataProvider? = nil,
        sink: LogSink = .standardError,
        clock: MachineClock = .system
    ) {
        logLevel = level
        self.metadataProvider = metadataProvider
        self.sink = sink
        self.clock = clock
    }

    /// One value that is written with every event.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes an event as one line.
    package func log(event: LogEvent) {
        var all = metadata
        if let metadataProvider { all.merge(metadataProvider.get()) { _, new in new } }
        if let error = event.error { all[LogKey.errorMessage] = .string("\(error)") }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        var line = LogLine(time: clock.now(), level: event.level, message: event.message.description)
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line.append(key, Self.text(value))
        }
        sink.write(line.finished)
    }

    /// Nested values as one text, with keys in order, which the descriptions of dictionaries do not have.
    private static func text(_ value: Logger.MetadataValue) -> String {
        switch value {
        case let .string(text): text
        case let .stringConvertible(value): value.description
        case let .array(values): "[" + values.map(text).joined(separator: ", ") + "]"
        case let .dictionary(values):
            "{"
                + values.sorted { $0.key < $1.key }.map { "\($0.key): \(text($0.value))" }.joined(
                    separator: ", "
                )
                + "}"
        }
    }
}
