import ArgumentParser
import Daemon
import Outbox
import Settings

/// `forgewire restore`: puts a copy in the place of the outbox.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Puts a copy in the place of the outbox, which is kept beside it.",
        discussion: """
            Never while a daemon runs; one that stops is waited for, as outbox.lockWait says. The copy is \
            checked first and stays as it is. Ids go on above all that either file has given out, by \
            4294967296. What was taken after the copy was made is in the \
            old file alone, <outbox>.before-restore-<time>; what was delivered after it is delivered again.
            Killed at any moment, it leaves the old outbox or the new one, whole.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: "The copy, made by `forgewire backup` or of the files of a stopped outbox.")
    var file: String

    func run() async throws {
        let outbox = try options.load().outbox
        let path = outbox.path
        let wait = LockWait(timeMax: outbox.lockWait) { StandardError.write("Waiting: \($0)") }
        let restored = try await wait.opening { [file] in
            var line = ProgressLine()
            defer { line.clear() }
            return try OutboxRestore.perform(from: file, onto: path) { line.show("\($0) % copied") }
        }
        for sentence in sentences(restored, path) { StandardOutput.write(sentence) }
    }

    private func sentences(_ restored: OutboxRestore, _ path: String) -> [String] {
        let first =
            "\(path) is what \(file) holds, up to event \(restored.newestEvent); "
            + "the next event is \(restored.lastEventID + 1)"
        guard let kept = restored.keptAt else { return [first] }
        let second =
            "the outbox that was there is kept as \(kept): what was taken since the copy was made is in it "
            + "alone; what was delivered since will be delivered again"
        guard !restored.knewReplacedIDs else { return [first, second] }
        let third =
            "its ids could not be read, so the new ones are above the copy's alone; they are not its own "
            + "unless it had given out 4294967296 since"
        return [first, second, third]
    }
}
