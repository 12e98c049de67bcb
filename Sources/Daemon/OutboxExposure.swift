import Foundation
import Settings

/// What lets other users change an outbox.
enum OutboxExposure {
    /// The bit of a mode that lets others write.
    private static let writableByOthers = 0o002

    /// What to tell before the daemon starts.
    static func warnings(on configuration: Configuration) -> [ConfigurationProblem] {
        let path = configuration.outbox.path
        // Of the file itself: a link to it may have any permissions.
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath()
        var messages: [String] = []
        if isWritableByOthers(file.path) {
            messages.append("every user can change \(path): `chmod o-w` keeps others out")
        }
        let folder = file.deletingLastPathComponent().path
        if isWritableByOthers(folder) {
            messages.append(
                "every user can put files beside the outbox in \(folder): `chmod o-w` keeps "
                    + "others out"
            )
        }
        let place = configuration.location(of: OutboxConfiguration.pathKey)
        return messages.map {
            ConfigurationProblem(
                severity: .warning,
                location: place,
                message: "\(OutboxConfiguration.pathKey): \($0)"
            )
        }
    }

    private static func isWritableByOthers(_ path: String) -> Bool {
        // What is not there yet is made for its owner alone; what cannot be looked at is told when it is
        // opened.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let permissions = attributes?[.posixPermissions] as? Int ?? 0
        return permissions & writableByOthers != 0
    }
}
