import Events

extension Gitea {
    /// The prefixes of titles that make a pull request a draft: those that the forges have from the start,
    /// and those that people add to the setting; compared without case.
    static let draftPrefixes = ["wip:", "[wip]", "draft:", "[draft]"]

    /// Whether a title marks a draft.
    static func isDraft(title: String?) -> Bool {
        title.map { DraftTitle($0, marks: draftPrefixes).isDraft } ?? false
    }

    /// What an edit was: of the draft mark, of anything else, or of both.
    static func facets(of changes: JSONValue, _ pullRequest: PullRequest) -> [PullRequestAction] {
        guard let old = changes["title"]["from"].text, let new = pullRequest.title,
            let toggle = toggle(from: old, to: new, draft: pullRequest.draft)
        else { return [.edited] }
        let (before, after) = (DraftTitle(old, marks: draftPrefixes), DraftTitle(new, marks: draftPrefixes))
        let hasOtherChange =
            changes["body"].isObject || changes["ref"].isObject || !before.saysTheSame(as: after)
        return hasOtherChange ? [toggle, .edited] : [toggle]
    }

    /// Nil if the title says the same before and after, or if the forge does not take it for a mark: an
    /// administrator chooses the prefixes.
    private static func toggle(from old: String, to new: String, draft: Bool?) -> PullRequestAction? {
        let (was, now) = (isDraft(title: old), isDraft(title: new))
        guard was != now, now == draft else { return nil }
        return now ? .convertedToDraft : .readyForReview
    }
}
