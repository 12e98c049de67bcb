import Events

extension AzureDevOps {
    /// `git.push`: one push of one or several refs.
    func push(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let resource = context.object("resource", of: body) else { return nil }
        let refs = (resource["refUpdates"].array ?? []).filter { $0["name"].text != nil }
        let pushed = refs.map { Self.pushed($0, isOnly: refs.count == 1, commits: resource["commits"]) }
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

    /// Which of several refs the commits belong to is not said, except by the ref that ends in one.
    private static func pushed(_ update: JSONValue, isOnly: Bool, commits: JSONValue) -> PushedRef {
        let after = update["newObjectId"]
        let commits = commits.array ?? []
        let head = commits.first { after.text != nil && $0["commitId"].text == after.text }
        var pushed = PushedRef()
        pushed.ref = update["name"].text
        pushed.before = update["oldObjectId"].commitHash
        pushed.after = after.commitHash
        pushed.created = update["oldObjectId"].isZeroHash
        pushed.deleted = after.isZeroHash
        if isOnly, !commits.isEmpty { pushed.commitCount = commits.count }
        pushed.headMessage = head?["comment"].text
        return pushed
    }
}
