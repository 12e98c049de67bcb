import Events

extension GitLab {
    /// `push` and `tag_push`: one delivery for each ref.
    func push(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard var pushed = Self.pushedRef(body) else {
            context.report("the \(context.eventName ?? "") event has no ref")
            return nil
        }
        // At most 20 commits are listed, none by system hooks.
        let count = body["total_commits_count"].int64.flatMap(Int.init(exactly:))
        pushed.commitCount = count ?? body["commits"].array?.count
        pushed.headMessage = Self.headMessage(body)
        return event(Push(first: pushed), body, &context)
    }

    /// `repository_update`, by which system hooks tell all refs of one push.
    func repositoryUpdate(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        let refs = context.pushedRefs(body["changes"].array ?? [], Self.pushedRef)
        guard let first = refs.first else { return nil }
        return event(Push(first: first, refs: refs.count > 1 ? refs : nil), body, &context)
    }

    private func event(_ push: Push, _ body: JSONValue, _ context: inout MappingContext) -> any Event {
        // `user_name` is a person's name, no login; the commits' times are those of their authors' clocks.
        let actor = account(id: body["user_id"], username: body["user_username"], &context)
        return PushEvent(
            envelope: envelope(.push, subject: push.first.ref, actor: actor, body, &context),
            push: push
        )
    }

    private static func pushedRef(_ change: JSONValue) -> PushedRef? {
        guard let ref = change["ref"].text else { return nil }
        var pushed = PushedRef()
        pushed.ref = ref
        pushed.before = change["before"].commitHash
        pushed.after = change["after"].commitHash
        pushed.created = change["before"].isZeroHash
        pushed.deleted = change["after"].isZeroHash
        return pushed
    }

    /// The newest commit is the last; for an annotated tag `after` is the tag and `checkout_sha` its commit.
    private static func headMessage(_ body: JSONValue) -> String? {
        let commits = body["commits"].array ?? []
        let head = [body["after"].word, body["checkout_sha"].word].lazy.compactMap(\.self).compactMap { sha in
            commits.first { $0["id"].word == sha }
        }
        return (head.first ?? commits.last ?? .missing)["message"].text
    }
}
