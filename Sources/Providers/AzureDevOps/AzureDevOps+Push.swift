import Events

extension AzureDevOps {
    /// `git.push`: one push of one or several refs.
    func push(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let resource = context.object("resource", of: body) else { return nil }
        let commits = resource["commits"].array ?? []
        // Which of several refs the commits belong to is not said, except by the ref that ends in one.
        var messages = CommitMessages(commits, hash: "commitId", message: "comment")
        var pushed = context.pushedRefs(resource["refUpdates"].array ?? [], Self.pushed)
        for index in pushed.indices { pushed[index].headMessage = messages.take(pushed[index].after) }
        if pushed.count == 1, !commits.isEmpty { pushed[0].commitCount = commits.count }
        guard let first = pushed.first else {
            context.report("the git.push event has no ref")
            return nil
        }
        let repository = repository(resource["repository"], &context)
        let actor = user(resource["pushedBy"], &context)
        return PushEvent(
            envelope: context.envelope(
                .push,
                subject: first.ref,
                occurredAt: resource["date"].timestamp ?? body["createdDate"].timestamp,
                repository: repository,
                actor: actor
            ),
            push: Push(first: first, refs: pushed.count > 1 ? pushed : nil)
        )
    }

    private static func pushed(_ update: JSONValue) -> PushedRef? {
        guard let ref = update["name"].text else { return nil }
        var pushed = PushedRef()
        pushed.ref = ref
        pushed.before = update["oldObjectId"].commitHash
        pushed.after = update["newObjectId"].commitHash
        pushed.created = update["oldObjectId"].isZeroHash
        pushed.deleted = update["newObjectId"].isZeroHash
        return pushed
    }
}
