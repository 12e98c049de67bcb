/// A pull request, or merge request, as it was when the event was sent.
public struct PullRequest: Codable, Hashable, JSONWritable, Sendable {
    /// The number within the repository, which addresses it in the provider's API.
    public var number: Int
    /// The provider's global id; nil where there is none.
    public var id: String?
    /// The title.
    public var title: String?
    /// The description; nil when empty.
    public var description: String?
    /// Who opened it, who is not always the event's actor; nil for a deleted account.
    public var author: User?
    /// Whether it is open.
    public var state: PullRequestState?
    /// Whether it was merged.
    public var merged: Bool?
    /// Whether it is a draft.
    public var draft: Bool?
    /// Whether its head is in another repository; a deleted fork counts.
    public var isFork: Bool?
    /// Its web page.
    public var url: String?
    /// What is to be merged.
    public var head: Branch
    /// What it is to be merged into.
    public var base: Branch

    /// The label that `labeled` and `unlabeled` are about.
    public var label: String?
    /// Whom `assigned` and `unassigned` are about.
    public var assignee: User?
    /// Whom `review_requested` and `review_request_removed` are about; for a team, `username` is its slug.
    public var reviewer: User?
    /// The title of the milestone that `milestoned` and `demilestoned` are about.
    public var milestone: String?
    /// What `edited` replaced.
    public var previous: Previous?
    /// The head before `synchronize`.
    public var before: String?
    /// The head after `synchronize`.
    public var after: String?
    /// The commit that the merge made; nil before the merge.
    public var mergeCommitSha: String?
    /// When it was merged.
    public var mergedAt: Timestamp?
    /// True where the provider does not say what changed; then the action is `edited`.
    public var ambiguous: Bool?

    /// One side of a pull request.
    public struct Branch: Codable, Hashable, JSONWritable, Sendable {
        /// The branch's name, without `refs/heads/`.
        public var ref: String?
        /// The commit, as the provider writes it: some abbreviate.
        public var sha: String?
        /// The full name of the repository it is in; nil when that was deleted.
        public var repository: String?

        /// Makes a side.
        public init(ref: String? = nil, sha: String? = nil, repository: String? = nil) {
            self.ref = ref
            self.sha = sha
            self.repository = repository
        }

        /// Writes the side as the event JSON has it.
        public func write(to json: inout JSONWriter) {
            json.object {
                $0.field("ref", ref)
                $0.field("sha", sha)
                $0.field("repository", repository)
            }
        }
    }

    /// The values that an edit replaced; nil where it did not touch them.
    public struct Previous: Codable, Hashable, JSONWritable, Sendable {
        /// The title before.
        public var title: String?
        /// The description before.
        public var description: String?
        /// The base branch before.
        public var baseRef: String?

        /// Makes a set of replaced values.
        public init(title: String? = nil, description: String? = nil, baseRef: String? = nil) {
            self.title = title
            self.description = description
            self.baseRef = baseRef
        }

        /// Writes the values as the event JSON has them.
        public func write(to json: inout JSONWriter) {
            json.object {
                $0.detail("title", title)
                $0.detail("description", description)
                $0.detail("baseRef", baseRef)
            }
        }
    }

    /// Makes a pull request of which only the number is known.
    public init(number: Int) {
        self.number = number
        head = Branch()
        base = Branch()
    }

    /// Writes the pull request as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("number", number)
            $0.field("id", id)
            $0.field("title", title)
            $0.field("description", description)
            $0.field("author", author)
            $0.field("state", state)
            $0.field("merged", merged)
            $0.field("draft", draft)
            $0.field("isFork", isFork)
            $0.field("url", url)
            $0.field("head", head)
            $0.field("base", base)
            $0.detail("label", label)
            $0.detail("assignee", assignee)
            $0.detail("reviewer", reviewer)
            $0.detail("milestone", milestone)
            $0.detail("previous", previous)
            $0.detail("before", before)
            $0.detail("after", after)
            $0.detail("mergeCommitSha", mergeCommitSha)
            $0.detail("mergedAt", mergedAt)
            $0.detail("ambiguous", ambiguous)
        }
    }
}

/// Whether a pull request is open.
public struct PullRequestState: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It can be merged.
    public static let open = Self(rawValue: "open")
    /// It was merged or given up.
    public static let closed = Self(rawValue: "closed")

    /// Open and closed.
    public static let known: [Self] = [open, closed]
}
