import Events

extension BitbucketDataCenter {
    /// `repo:refs_changed`: one delivery for all refs; without a change there is nothing to tell.
    func push(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let changes = body["changes"].array else {
            context.report("the repo:refs_changed event has no changes")
            return nil
        }
        var refs = context.pushedRefs(changes, pushedRef)
        addCommits(to: &refs, from: body)
        guard let first = refs.first else { return nil }
        return PushEvent(
            envelope: envelope(.push, subject: first.ref, body, &context),
            push: Push(first: first, refs: refs.count > 1 ? refs : nil)
        )
    }

    /// Whether history was rewritten is not told.
    private func pushedRef(_ change: JSONValue) -> PushedRef? {
        guard let ref = change["ref"]["id"].text ?? change["refId"].text else { return nil }
        var pushed = PushedRef()
        pushed.ref = ref
        pushed.before = change["fromHash"].commitHash
        pushed.after = change["toHash"].commitHash
        let type = change["type"].word
        pushed.created = type.map { $0 == "ADD" } ?? change["fromHash"].isZeroHash
        pushed.deleted = type.map { $0 == "DELETE" } ?? change["toHash"].isZeroHash
        return pushed
    }

    /// Newer bodies have the newest commit and a list, once for the whole push: with several refs, only the
    /// one that is at the newest commit is known to be meant.
    private func addCommits(to refs: inout [PushedRef], from body: JSONValue) {
        let newest = body["toCommit"].isObject ? body["toCommit"] : body["commits"].first
        if refs.count == 1 {
            let count = body["commits"].array?.count
            // As many as Bitbucket lists may be the end of more.
            refs[0].commitCount = count.flatMap { $0 < Self.commitCountMax ? $0 : nil }
            if refs[0].after != nil { refs[0].headMessage = newest["message"].text }
        } else {
            var messages = CommitMessages([newest], hash: "id", message: "message")
            for index in refs.indices { refs[index].headMessage = messages.take(refs[index].after) }
        }
    }

    /// How many commits Bitbucket lists unless it is configured otherwise.
    private static let commitCountMax = 5
}
