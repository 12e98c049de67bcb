/// A field of the event JSON that holds a single value, or an array of such values.
///
/// The list is the vocabulary of filters: what the configuration may ask of an event.
package struct EventField: Hashable, Sendable {
    /// The names from the outside to the inside, with dots between them; arrays do not show.
    package let path: String
    /// What the field holds.
    package let type: ValueType

    /// What a field holds.
    package enum ValueType: String, CaseIterable, Sendable {
        /// `true` or `false`.
        case boolean
        /// A whole number.
        case integer
        /// Text, an id, a time or a word.
        case string
    }

    /// Every field that an event of a kind may have.
    package static func all(of kind: EventKind) -> [EventField] {
        envelope + fields(of: kind)
    }

    private static let envelope =
        [
            string("action"), string("deliveryId"), integer("id"), string("kind"), string("occurredAt"),
            string("provider"), string("receivedAt"), integer("schema"), string("source"),
            string("subject"),
        ] + user("actor") + [
            string("repository.fullName"), string("repository.id"), boolean("repository.isPrivate"),
            string("repository.url"),
        ]

    private static func fields(of kind: EventKind) -> [EventField] {
        switch kind {
        case .checkRun: checkRun
        case .checkSuite: checkSuite
        case .comment: comment
        case .pullRequest: pullRequest
        case .pullRequestReview: review
        case .push: pushedRef("push") + pushedRef("push.refs")
        case .unknown: []
        }
    }

    private static let checkRun =
        [integer("checkRun.pullRequestNumbers")]
        + [
            "app", "checkSuiteId", "completedAt", "conclusion", "externalId", "headSha", "id", "name",
            "rawConclusion", "rawStatus", "requestedActionId", "startedAt", "status", "url",
        ].map { string("checkRun.\($0)") }

    private static let checkSuite =
        [integer("checkSuite.pullRequestNumbers")]
        + [
            "app", "conclusion", "headBranch", "headSha", "id", "rawConclusion", "rawStatus", "status",
            "url",
        ].map { string("checkSuite.\($0)") }

    private static let comment =
        user("comment.author")
        + [boolean("comment.isSystem"), integer("comment.line"), integer("comment.number")]
        + ["body", "commitSha", "id", "inReplyTo", "path", "threadId", "type", "url"]
        .map { string("comment.\($0)") }

    private static let pullRequest =
        ["assignee", "author", "reviewer"].flatMap { user("pullRequest.\($0)") }
        + ["ambiguous", "draft", "isFork", "merged"].map { boolean("pullRequest.\($0)") }
        + [integer("pullRequest.number")]
        + ["base", "head"].flatMap { branch in
            ["ref", "repository", "sha"].map { string("pullRequest.\(branch).\($0)") }
        }
        + [
            "after", "before", "description", "id", "label", "mergeCommitSha", "mergedAt", "milestone",
            "previous.baseRef", "previous.description", "previous.title", "state", "title", "url",
        ].map { string("pullRequest.\($0)") }

    private static let review =
        user("review.author")
        + ["body", "commitSha", "id", "state", "submittedAt", "url"].map { string("review.\($0)") }
        + [integer("pullRequest.number")]
        + ["id", "title", "url"].map { string("pullRequest.\($0)") }

    private static func pushedRef(_ path: String) -> [EventField] {
        ["created", "deleted", "forced"].map { boolean("\(path).\($0)") }
            + [integer("\(path).commitCount")]
            + ["after", "before", "headMessage", "ref"].map { string("\(path).\($0)") }
    }

    private static func user(_ path: String) -> [EventField] {
        [string("\(path).id"), boolean("\(path).isBot"), string("\(path).username")]
    }

    private static func boolean(_ path: String) -> EventField {
        EventField(path: path, type: .boolean)
    }
    private static func integer(_ path: String) -> EventField {
        EventField(path: path, type: .integer)
    }
    private static func string(_ path: String) -> EventField { EventField(path: path, type: .string) }
}
