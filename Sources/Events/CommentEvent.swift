/// A comment was written, changed, removed or marked.
public struct CommentEvent: Event {
    /// `comment` alone.
    public static let kinds = [EventKind.comment]

    /// What every event has.
    public let envelope: EventEnvelope
    /// What happened.
    public let action: CommentAction
    /// The comment.
    public let comment: Comment

    /// Makes an event that is not stored yet.
    public init(envelope: EventEnvelope, action: CommentAction, comment: Comment) {
        self.envelope = envelope
        self.action = action
        self.comment = comment
    }

    /// Decodes the event JSON.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: EventCodingKey.self)
        self.init(
            envelope: try EventEnvelope(from: decoder),
            action: try fields.decode(CommentAction.self, forKey: .action),
            comment: try fields.decode(Comment.self, forKey: .comment)
        )
    }

    /// The action's word.
    public var actionName: String? { action.rawValue }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> Self {
        Self(envelope: envelope.stored(as: id), action: action, comment: comment)
    }

    /// Writes the fields of the event JSON behind `kind`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
        json.field("comment", comment)
    }
}

/// A comment.
public struct Comment: Codable, Hashable, JSONWritable, Sendable {
    /// The provider's id.
    public var id: String?
    /// Its text; nil when empty.
    public var body: String?
    /// Who wrote it, who is not always the event's actor; nil for a deleted account.
    public var author: User?
    /// What it is on.
    public var type: CommentType
    /// The number of the pull request or issue it is on; nil for commits and snippets.
    public var number: Int?
    /// Its web page.
    public var url: String?
    /// The thread it belongs to.
    public var threadId: String?
    /// The id of the comment that it answers.
    public var inReplyTo: String?
    /// The file it is on.
    public var path: String?
    /// The line it is on; nil when outdated or on the whole file.
    public var line: Int?
    /// The commit it is on.
    public var commitSha: String?
    /// Whether the provider wrote it, not a person.
    public var isSystem: Bool

    /// Makes a comment of which only the type is known.
    public init(type: CommentType) {
        self.type = type
        isSystem = false
    }

    /// Writes the comment as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("body", body)
            $0.field("author", author)
            $0.field("type", type)
            $0.field("number", number)
            $0.field("url", url)
            $0.field("threadId", threadId)
            $0.field("inReplyTo", inReplyTo)
            $0.field("path", path)
            $0.field("line", line)
            $0.field("commitSha", commitSha)
            $0.field("isSystem", isSystem)
        }
    }
}

/// What happened to a comment.
public struct CommentAction: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It was written.
    public static let created = Self(rawValue: "created")
    /// Its text was changed.
    public static let edited = Self(rawValue: "edited")
    /// It was removed.
    public static let deleted = Self(rawValue: "deleted")
    /// It was pinned.
    public static let pinned = Self(rawValue: "pinned")
    /// It was unpinned.
    public static let unpinned = Self(rawValue: "unpinned")
    /// Its thread was resolved.
    public static let resolved = Self(rawValue: "resolved")
    /// Its thread was opened again.
    public static let unresolved = Self(rawValue: "unresolved")

    /// The seven actions of the model.
    public static let known: [Self] = [created, edited, deleted, pinned, unpinned, resolved, unresolved]
}

/// What a comment is on.
public struct CommentType: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// An issue.
    public static let issue = Self(rawValue: "issue")
    /// A pull request's conversation.
    public static let pullRequest = Self(rawValue: "pull_request")
    /// A pull request's diff.
    public static let review = Self(rawValue: "review")
    /// A commit.
    public static let commit = Self(rawValue: "commit")
    /// A snippet.
    public static let snippet = Self(rawValue: "snippet")

    /// The five types of the model.
    public static let known: [Self] = [issue, pullRequest, review, commit, snippet]
}
