/// The file that holds everything, and how long it keeps what is finished.
///
/// Configuration keys of `outbox`:
/// - `path` (text; default `.forgewire/outbox.db`): relative to the working directory unless it begins with
///   `/`.
/// - `retention.delivered` (duration; default `30d`; 0s to 36500d): the age at which a delivery goes whose
///   dispatches were all delivered or discarded, or that has none.
/// - `retention.dead` (duration; default `90d`; 0s to 36500d): the age at which dead letters go.
package struct OutboxConfiguration: Equatable, Sendable {
    /// The path of the SQLite file.
    package var path = ".forgewire/outbox.db"
    /// How long finished dispatches are kept.
    package var retention = Retention()

    /// How long finished dispatches are kept.
    package struct Retention: Equatable, Sendable {
        /// The age at which delivered and discarded dispatches go.
        package var delivered = Duration.days(30)
        /// The age at which dead letters go.
        package var dead = Duration.days(90)

        package init() {}

        init(_ section: Section) {
            let ages = Duration.zero ... .days(36_500)
            section.read("delivered", &delivered, .duration(in: ages))
            section.read("dead", &dead, .duration(in: ages))
            section.finish()
        }
    }

    private static let pathBytesMax = 4096

    package init() {}

    init(_ section: Section) {
        section.read("path", &path, .text(maxBytes: Self.pathBytesMax))
        retention = Retention(section.section("retention"))
        section.finish()
    }
}
