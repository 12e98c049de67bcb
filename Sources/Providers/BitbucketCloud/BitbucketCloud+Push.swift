import Events

extension BitbucketCloud {
    /// `repo:push`: one delivery for all refs; without a change there is nothing to tell.
    func push(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let object = context.object("push", of: body) else { return nil }
        guard let changes = object["changes"].array else {
            context.report("the repo:push event has no changes in its push object")
            return nil
        }
        let refs = context.pushedRefs(changes, pushedRef)
        guard let first = refs.first else { return nil }
        return PushEvent(
            // The commits' own times are those of their authors' clocks, and may be years back.
            envelope: envelope(.push, subject: first.ref, body, &context),
            push: Push(first: first, refs: refs.count > 1 ? refs : nil)
        )
    }

    /// `new` is null for a ref that was deleted, `old` for one that was created.
    private func pushedRef(_ change: JSONValue) -> PushedRef? {
        let (old, new) = (change["old"], change["new"])
        guard let ref = Self.ref(new) ?? Self.ref(old) else { return nil }
        var pushed = PushedRef()
        pushed.ref = ref
        pushed.before = old["target"]["hash"].commitHash
        pushed.after = new["target"]["hash"].commitHash
        pushed.created = change["created"].bool ?? !old.isObject
        pushed.deleted = change["closed"].bool ?? !new.isObject
        pushed.forced = change["forced"].bool
        // At most five commits are listed, and `truncated` says when there were more.
        pushed.commitCount = change["truncated"].bool == true ? nil : change["commits"].array?.count
        pushed.headMessage = new["target"]["message"].text
        return pushed
    }

    /// Mercurial's branches and bookmarks, which old bodies have, were branches, too.
    private static func ref(_ side: JSONValue) -> String? {
        guard let name = side["name"].text else { return nil }
        let isTag = side["type"].word == "tag" || side["type"].word == "annotated_tag"
        return (isTag ? "refs/tags/" : "refs/heads/") + name
    }
}
