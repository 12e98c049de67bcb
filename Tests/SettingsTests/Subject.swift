@testable import Settings

/// What the tests configure: small vocabularies, so that near misses are easy to see.
enum Subject {
    static let vocabulary = ConfigurationVocabulary(
        providers: [
            "github", "gitlab", "bitbucket-cloud", "bitbucket-dc", "gitea", "forgejo", "gogs", "azure-devops",
            "standard-webhooks",
        ],
        kinds: [
            "pull_request": ["opened", "closed", "synchronize"],
            "pull_request_review": ["submitted", "edited", "dismissed"],
            "comment": ["created", "edited"],
            "check_run": ["created", "completed"],
            "check_suite": ["requested", "completed"],
            "push": ["pushed"],
            "unknown": [],
        ],
        listeners: [
            "event-log": [
                "check_run", "check_suite", "comment", "pull_request", "pull_request_review", "push",
                "unknown",
            ],
            "check-failures": ["check_run"],
        ],
        fields: fields
    )

    private static let allKinds: Set<String> = [
        "check_run", "check_suite", "comment", "pull_request", "pull_request_review", "push", "unknown",
    ]

    private static let fields: [String: ConfigurationVocabulary.Field] = [
        "action": .init(type: .text, kinds: allKinds),
        "actor.isBot": .init(type: .flag, kinds: allKinds),
        "actor.username": .init(type: .text, kinds: allKinds),
        "checkRun.conclusion": .init(type: .text, kinds: ["check_run"]),
        "checkRun.pullRequestNumbers": .init(type: .number, kinds: ["check_run"]),
        "pullRequest.base.ref": .init(type: .text, kinds: ["pull_request"]),
        "pullRequest.draft": .init(type: .flag, kinds: ["pull_request"]),
        "pullRequest.label": .init(type: .text, kinds: ["pull_request"]),
        "pullRequest.number": .init(type: .number, kinds: ["pull_request", "pull_request_review"]),
        "provider": .init(type: .text, kinds: allKinds),
        "push.refs.ref": .init(type: .text, kinds: ["push"]),
        "repository.fullName": .init(type: .text, kinds: allKinds),
        "repository.isPrivate": .init(type: .flag, kinds: allKinds),
    ]

    /// A source, so that the warning about none stays out of the way.
    static let source = "sources: {hub: {provider: github, secrets: [\"env:HUB\"]}}\n"

    static func report(_ text: String) -> ConfigurationReport {
        Configuration.report(text: text, file: "f.yml", vocabulary: vocabulary)
    }

    /// The problems of a text, as they are printed.
    static func problems(_ text: String) -> [String] {
        report(text).problems.map(\.description)
    }

    /// The problems of a text that a source was added to.
    static func problems(withSource text: String) -> [String] {
        problems(text + source)
    }

    /// The configuration of a text without errors.
    static func configuration(_ text: String) throws -> Configuration {
        try report(text).validated()
    }

    /// The policy and filters of a listener, from the lines below its name.
    static func listener(_ lines: String, name: String = "event-log") throws -> ListenerConfiguration? {
        try configuration("listeners:\n  \(name): {\(lines)}\n" + source).listener(named: name)
    }

    /// Files by their path; everything else does not exist.
    static func files(_ contents: [String: [UInt8]]) -> FileReader {
        FileReader { path, bytesMax throws(FileReaderError) in
            guard let bytes = contents[path] else { throw .notFound }
            guard bytes.count <= bytesMax else { throw .tooLarge(bytesMax: bytesMax) }
            return bytes
        }
    }
}
