import ArgumentParser

/// The executable: one subcommand a file.
@main
struct Forgewire: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forgewire",
        abstract:
            "Takes webhooks from software forges, keeps them, and hands them to listeners as typed events.",
        discussion: """
            Exit codes: 0 done, 1 failed, 64 wrong usage, 78 the configuration is invalid.
            Without --config, the configuration is $FORGEWIRE_CONFIG, ./Config/forgewire.yml or \
            /etc/forgewire/forgewire.yml.
            """,
        version: "forgewire \(Version.current)",
        subcommands: [
            ServeCommand.self, CheckCommand.self, SendCommand.self, EventsCommand.self, ShowCommand.self,
            ListenersCommand.self, DeadCommand.self, RedriveCommand.self, DiscardCommand.self,
            ReplayCommand.self, PauseCommand.self, ResumeCommand.self, PruneCommand.self, AdoptCommand.self,
            ReloadCommand.self, BackupCommand.self, RestoreCommand.self, IsolatedAttemptCommand.self,
        ]
    )
}

/// The version of the program; see the change log in the README.
enum Version {
    static let current = "0.1.0"
}
