import Events

extension GitLab {
    /// A merge request's delivery: what all of its events have in common.
    struct MergeRequest {
        /// The delivery's body.
        let body: JSONValue
        /// Its `object_attributes`.
        let object: JSONValue
        /// The envelope of its events.
        let envelope: EventEnvelope
        /// The merge request, without the detail of any action.
        let pullRequest: PullRequest

        /// An event about the merge request.
        func event(
            _ action: PullRequestAction,
            with detail: (inout PullRequest) -> Void = { _ in }
        ) -> any Event {
            var pullRequest = pullRequest
            detail(&pullRequest)
            return PullRequestEvent(envelope: envelope, action: action, pullRequest: pullRequest)
        }
    }

    /// `merge_request`: an update, and what old servers send without an action, is split into what changed.
    ///
    /// - Returns: Nothing if it changed nothing that has a neutral event.
    func mergeRequest(_ body: JSONValue, _ context: inout MappingContext) -> [any Event] {
        guard let object = context.object("object_attributes", of: body),
            let number = context.number(of: object, "object_attributes", key: "iid"),
            let word = context.shortText(object["action"].text ?? Self.derivedAction(body), "action")
        else { return [] }
        let mergeRequest = MergeRequest(
            body: body,
            object: object,
            envelope: envelope(
                .pullRequest,
                subject: "pull_request/\(number)",
                occurredAt: Self.occurredAt(word, object),
                body,
                &context
            ),
            pullRequest: neutral(number, object, of: body, isOpening: word == "open", &context)
        )
        switch word {
        case "update": return changes(of: mergeRequest, &context)
        case "approval", "approved": return [approval(of: mergeRequest, .submitted, .approved, &context)]
        case "unapproval", "unapproved": return [approval(of: mergeRequest, .dismissed, .dismissed, &context)]
        case "open": return [mergeRequest.event(.opened)]
        case "reopen": return [mergeRequest.event(.reopened)]
        case "close": return [mergeRequest.event(.closed)]
        case "merge": return [mergeRequest.event(.closed) { Self.merge(&$0, object) }]
        default: return [mergeRequest.event(PullRequestAction(rawValue: word))]
        }
    }

    /// What a change of the state means, else an update: a merge locks a merge request while it runs.
    private static func derivedAction(_ body: JSONValue) -> String {
        let changes = body["changes"]
        let (ids, words) = (changes["state_id"], changes["state"])
        let previous = state(word: words["previous"], id: ids["previous"])
        switch state(word: words["current"], id: ids["current"]) {
        case "closed": return "close"
        case "merged": return "merge"
        case "opened" where previous == "closed": return "reopen"
        case "opened" where previous == nil: return "open"
        default: return "update"
        }
    }

    private static let states: [Int64: String] = [1: "opened", 2: "closed", 3: "merged", 4: "locked"]

    private static func state(word: JSONValue, id: JSONValue) -> String? {
        word.word ?? id.int64.flatMap { states[$0] }
    }

    private func neutral(
        _ number: Int,
        _ object: JSONValue,
        of body: JSONValue,
        isOpening: Bool,
        _ context: inout MappingContext
    ) -> PullRequest {
        let state = Self.state(word: object["state"], id: object["state_id"])
        var pullRequest = PullRequest(number: number)
        pullRequest.id = context.identifier(object["id"], "merge request id")
        pullRequest.title = object["title"].text
        pullRequest.description = object["description"].text
        pullRequest.author = account(object["author_id"], in: body, isActor: isOpening, &context)
        pullRequest.state = state.map(Self.neutral)
        pullRequest.merged = state.map { $0 == "merged" }
        pullRequest.draft = object["draft"].bool ?? object["work_in_progress"].bool
        pullRequest.isFork = Self.isFork(object)
        pullRequest.url = object["url"].text
        pullRequest.head = PullRequest.Branch(
            ref: object["source_branch"].text,
            sha: object["last_commit"]["id"].text,
            repository: context.shortText(Self.fullName(of: object["source"]), "head repository")
        )
        // The commit of the target branch is in no body.
        let target = Self.fullName(of: object["target"]) ?? Self.fullName(of: body["project"])
        pullRequest.base = PullRequest.Branch(
            ref: object["target_branch"].text,
            repository: context.shortText(target, "base repository")
        )
        if state == "merged" { Self.addMerge(to: &pullRequest, object) }
        return pullRequest
    }

    /// One that is locked is being merged, and may yet stay open.
    private static func neutral(_ state: String) -> PullRequestState {
        switch state {
        case "opened", "locked": .open
        case "merged": .closed
        default: PullRequestState(rawValue: state)
        }
    }

    private static func isFork(_ object: JSONValue) -> Bool? {
        guard let source = object["source_project_id"].int64, let target = object["target_project_id"].int64
        else { return nil }
        return source != target
    }

    /// A squash that is fast-forwarded makes no merge commit.
    private static func addMerge(to pullRequest: inout PullRequest, _ object: JSONValue) {
        pullRequest.mergeCommitSha = object["merge_commit_sha"].text ?? object["squash_commit_sha"].text
        pullRequest.mergedAt = object["merged_at"].timestamp
    }

    /// The event of the merge itself, whose state may still be that of the lock.
    private static func merge(_ pullRequest: inout PullRequest, _ object: JSONValue) {
        pullRequest.state = .closed
        pullRequest.merged = true
        addMerge(to: &pullRequest, object)
        pullRequest.mergedAt = pullRequest.mergedAt ?? occurredAt("merge", object)
    }

    private static func occurredAt(_ action: String, _ object: JSONValue) -> Timestamp? {
        let created = object["created_at"].timestamp
        if action == "open", let created { return created }
        return object["actioned_at"].timestamp ?? object["updated_at"].timestamp ?? created
    }
}
