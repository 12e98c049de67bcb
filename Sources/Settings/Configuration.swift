/// The configuration file as validated, immutable values; a reload makes a new one and swaps it whole.
///
/// Configuration keys: `ingest`, `admin`, `outbox`, `dispatcher`, `daemon`, `sources` and `listeners`, all of
/// them optional; each section's type lists its own. A key without a value counts as left out.
package struct Configuration: Equatable, Sendable {
    /// The socket that takes deliveries.
    package var ingest = IngestConfiguration()
    /// The socket that answers health checks and metrics.
    package var admin = AdminConfiguration()
    /// The file that holds everything.
    package var outbox = OutboxConfiguration()
    /// How dispatches are run.
    package var dispatcher = DispatcherConfiguration()
    /// The daemon's process.
    package var daemon = DaemonConfiguration()
    /// The inbound hooks, in the order of the file.
    package var sources: [SourceConfiguration] = []
    /// The subscribers, in the order of the file.
    package var listeners: [ListenerConfiguration] = []
    /// Where values stand, for problems found later.
    var locations = LocationTable()

    package init() {}

    init(_ section: Section, vocabulary: ConfigurationVocabulary) {
        ingest = IngestConfiguration(section.section("ingest"))
        admin = AdminConfiguration(section.section("admin"))
        outbox = OutboxConfiguration(section.section("outbox"))
        dispatcher = DispatcherConfiguration(section.section("dispatcher"))
        daemon = DaemonConfiguration(section.section("daemon"))
        let sources = section.section("sources")
        self.sources = sources.namedSections().map { name, section in
            SourceConfiguration(name: name, section, vocabulary: vocabulary)
        }
        let defaults = dispatcher.defaults
        var vocabulary = vocabulary
        vocabulary.sources = self.sources.map(\.name)
        listeners = section.section("listeners").namedSections().map { name, section in
            ListenerConfiguration(name: name, section, defaults: defaults, vocabulary: vocabulary)
        }
        section.finish()
        validate(section, sources: sources)
        locations = section.problems.locations
    }

    /// Where a source or listener stands in the file, by its path such as `sources.github`; nil for others.
    package func location(of path: String) -> SourceLocation? { locations[path] }

    /// Where an entry of a list stands in the file, by its text and the path of the list such as
    /// `listeners.deploy.command`; nil for others.
    package func location(of entry: String, in list: String) -> SourceLocation? { locations[entry, in: list] }

    /// The source of a name.
    package func source(named name: String) -> SourceConfiguration? { sources.first { $0.name == name } }

    /// The listener of a name.
    package func listener(named name: String) -> ListenerConfiguration? {
        listeners.first { $0.name == name }
    }

    private func validate(_ section: Section, sources: Section) {
        if self.sources.isEmpty {
            section.warning("no source is configured: every delivery is refused", at: sources.mark)
        }
        if ingest.listen.contains(admin.listen), !admin.listen.isEphemeral {
            section.error("ingest and admin listen on the same address", at: section.mark(of: "admin"))
        }
    }
}
