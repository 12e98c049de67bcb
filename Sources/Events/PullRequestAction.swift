/// What happened to a pull request.
public struct PullRequestAction: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Somebody was assigned.
    public static let assigned = Self(rawValue: "assigned")
    /// Auto-merge was switched off.
    public static let autoMergeDisabled = Self(rawValue: "auto_merge_disabled")
    /// Auto-merge was switched on.
    public static let autoMergeEnabled = Self(rawValue: "auto_merge_enabled")
    /// It was closed: merged if `pullRequest.merged`.
    public static let closed = Self(rawValue: "closed")
    /// It became a draft.
    public static let convertedToDraft = Self(rawValue: "converted_to_draft")
    /// It left a milestone.
    public static let demilestoned = Self(rawValue: "demilestoned")
    /// It left the merge queue.
    public static let dequeued = Self(rawValue: "dequeued")
    /// Its title, description or base was changed.
    public static let edited = Self(rawValue: "edited")
    /// It entered the merge queue.
    public static let enqueued = Self(rawValue: "enqueued")
    /// It got a label.
    public static let labeled = Self(rawValue: "labeled")
    /// Its conversation was locked.
    public static let locked = Self(rawValue: "locked")
    /// It was put into a milestone.
    public static let milestoned = Self(rawValue: "milestoned")
    /// It was opened.
    public static let opened = Self(rawValue: "opened")
    /// It is no longer a draft.
    public static let readyForReview = Self(rawValue: "ready_for_review")
    /// It was opened again.
    public static let reopened = Self(rawValue: "reopened")
    /// A request for review was withdrawn.
    public static let reviewRequestRemoved = Self(rawValue: "review_request_removed")
    /// Somebody was asked for a review.
    public static let reviewRequested = Self(rawValue: "review_requested")
    /// It became part of a stack.
    public static let stacked = Self(rawValue: "stacked")
    /// Its head moved: commits were pushed.
    public static let synchronize = Self(rawValue: "synchronize")
    /// Somebody is no longer assigned.
    public static let unassigned = Self(rawValue: "unassigned")
    /// It lost a label.
    public static let unlabeled = Self(rawValue: "unlabeled")
    /// Its conversation was unlocked.
    public static let unlocked = Self(rawValue: "unlocked")

    /// The 22 actions of the model.
    public static let known: [Self] = [
        assigned, autoMergeDisabled, autoMergeEnabled, closed, convertedToDraft, demilestoned, dequeued,
        edited,
        enqueued, labeled, locked, milestoned, opened, readyForReview, reopened, reviewRequestRemoved,
        reviewRequested, stacked, synchronize, unassigned, unlabeled, unlocked,
    ]
}
