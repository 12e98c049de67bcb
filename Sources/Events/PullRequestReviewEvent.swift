/// A review of a pull request was given, changed or withdrawn.
public struct PullRequestReviewEvent: Event {
    /// `pull_request_review` alone.
    public static let kinds = [EventKind.pullRequestReview]

    /// What every event has.
    public let envelope: EventEnvelope
    /// What happened.
    public let action: PullRequestReviewAction
    /// The review.
    public let review: PullRequestReview
    /// The pull request that was reviewed.
    public let pullRequest: PullRequestReference

    /// Makes an event that is not stored yet.
    public init(
        envelope: EventEnvelope,
        action: PullRequestReviewAction,
        review: PullRequestReview,
        pullRequest: PullRequestReference
    ) {
        self.envelope = envelope
        self.action = action
        self.review = review
        self.pullRequest = pullRequest
    }

    /// Decodes the event JSON.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: EventCodingKey.self)
        self.init(
            envelope: try EventEnvelope(from: decoder),
            action: try fields.decode(PullRequestReviewAction.self, forKey: .action),
            review: try fields.decode(PullRequestReview.self, forKey: .review),
            pullRequest: try fields.decode(PullRequestReference.self, forKey: .pullRequest)
        )
    }

    /// The action's word.
    public var actionName: String? { action.rawValue }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> Self {
        Self(envelope: envelope.stored(as: id), action: action, review: review, pullRequest: pullRequest)
    }

    /// Writes the fields of the event JSON behind `kind`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
        json.field("review", review)
        json.field("pullRequest", pullRequest)
    }
}

/// A review.
public struct PullRequestReview: Codable, Hashable, JSONWritable, Sendable {
    /// The provider's id; nil where reviews have none.
    public var id: String?
    /// The verdict.
    public var state: PullRequestReviewState
    /// Who gave it; nil for a deleted account.
    public var author: User?
    /// Its text; nil when empty.
    public var body: String?
    /// The commit that was reviewed.
    public var commitSha: String?
    /// Its web page.
    public var url: String?
    /// When it was given.
    public var submittedAt: Timestamp?

    /// Makes a review of which only the verdict is known.
    public init(state: PullRequestReviewState) { self.state = state }

    /// Writes the review as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("state", state)
            $0.field("author", author)
            $0.field("body", body)
            $0.field("commitSha", commitSha)
            $0.field("url", url)
            $0.field("submittedAt", submittedAt)
        }
    }
}

/// A pull request, named and no more.
public struct PullRequestReference: Codable, Hashable, JSONWritable, Sendable {
    /// The number within the repository.
    public var number: Int
    /// The provider's global id; nil where there is none.
    public var id: String?
    /// The title.
    public var title: String?
    /// Its web page.
    public var url: String?

    /// Names a pull request.
    public init(number: Int, id: String? = nil, title: String? = nil, url: String? = nil) {
        self.number = number
        self.id = id
        self.title = title
        self.url = url
    }

    /// Writes the reference as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("number", number)
            $0.field("id", id)
            $0.field("title", title)
            $0.field("url", url)
        }
    }
}

/// What happened to a review.
public struct PullRequestReviewAction: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It was given.
    public static let submitted = Self(rawValue: "submitted")
    /// Its text was changed.
    public static let edited = Self(rawValue: "edited")
    /// It was withdrawn.
    public static let dismissed = Self(rawValue: "dismissed")

    /// The three actions of the model.
    public static let known: [Self] = [submitted, edited, dismissed]
}

/// A review's verdict.
public struct PullRequestReviewState: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// The reviewer agrees.
    public static let approved = Self(rawValue: "approved")
    /// The reviewer wants changes.
    public static let changesRequested = Self(rawValue: "changes_requested")
    /// The reviewer only comments.
    public static let commented = Self(rawValue: "commented")
    /// The review was withdrawn.
    public static let dismissed = Self(rawValue: "dismissed")
    /// The review was not submitted yet.
    public static let pending = Self(rawValue: "pending")
    /// The provider's word is none of these.
    public static let unknown = Self(rawValue: "unknown")

    /// The six states of the model.
    public static let known: [Self] = [approved, changesRequested, commented, dismissed, pending, unknown]
}
