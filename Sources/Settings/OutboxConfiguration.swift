/// The file that holds everything, and how long it keeps what is finished.
///
/// Configuration keys of `outbox`:
/// - `path` (text; default `.forgewire/outbox.db`): relative to the working directory unless it begins with
///   `/`.
/// - `lockWait` (duration; default `30s`; 0s to 1d): how long an outbox is waited for that a command has, or
///   a daemon that starts or stops.
/// - `retention.delivered` (duration; default `30d`; 0s to 36500d): the age at which a delivery goes whose
///   dispatches were all delivered or discarded, or that has none.
/// - `retention.dead` (duration; default `90d`; 0s to 36500d): the age at which dead letters go.
package struct OutboxConfiguration: Equatable, Sendable {
    /// The path of the SQLite file.
    package var path = ".forgewire/outbox.db"
    /// How long is waited for who gives the outbox up soon.
    package var lockWait = Duration.seconds(30)
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

    /// The path of the key that says where the file is.
    package static let pathKey = "outbox.path"

    private static let pathBytesMax = 4096

    package init() {}

    init(_ section: Section) {
        section.read("path", &path, .text(maxBytes: Self.pathBytesMax))
        section.read("lockWait", &lockWait, .duration(in: .zero ... .days(1)))
        section.problems.locate(Self.pathKey, at: section.mark(of: "path"))
        retention = Retention(section.section("retention"))
        section.finish()
    }
}
