import ArgumentParser
import Outbox

/// `forgewire backup`: copies the outbox.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies the outbox to a file, also while the daemon runs.",
        discussion: """
            The copy is the outbox as it is at the beginning, one file (0600) that needs no other. The \
            daemon is neither asked nor held up, but its write-ahead log grows until the copy is done, so a \
            backup that takes longer than an hour is given up. Until it is complete and on disk it is \
            FILE.part; one that fails or is stopped leaves nothing.
            Look at it with `forgewire check --outbox FILE`, put it back with `forgewire restore FILE`.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: ArgumentHelp("The outbox to copy; no configuration is read then.", valueName: "file"))
    var outbox: String?

    @Argument(help: "The copy to make; a file that is there is not replaced.")
    var file: String

    func run() async throws {
        let path = try outbox ?? options.outboxPath()
        StopRequest.watch()
        var line = ProgressLine()
        defer { line.clear() }
        let backup = try OutboxBackup.make(of: path, at: file) { percent in
            guard !StopRequest.isMade else {
                throw OutboxError(.stopped, "the backup was stopped; nothing is left of it")
            }
            line.show("\(percent) % copied")
        }
        line.clear()
        StandardOutput.write(sentence(backup))
    }

    private func sentence(_ backup: OutboxBackup) -> String {
        let size = "\(file) has \(backup.bytes / 1024) KiB, up to event \(backup.newestEvent)"
        guard backup.logGrowthBytes > 0 else { return size }
        return "\(size); the outbox's log has grown by \(backup.logGrowthBytes / 1024) KiB meanwhile"
    }
}
