import Events

extension GitHub {
    /// `push`: GitHub sends one delivery for each ref.
    func push(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let ref = body["ref"].text else {
            context.report("the push event has no ref")
            return nil
        }
        var pushed = PushedRef()
        pushed.ref = ref
        pushed.before = body["before"].commitHash
        pushed.after = body["after"].commitHash
        pushed.created = body["created"].bool ?? body["before"].isZeroHash
        pushed.deleted = body["deleted"].bool ?? body["after"].isZeroHash
        pushed.forced = body["forced"].bool
        pushed.commitCount = body["commits"].array?.count
        pushed.headMessage = body["head_commit"]["message"].text
        return PushEvent(
            envelope: envelope(
                .push,
                subject: ref,
                // The commits' own times are those of their authors' clocks, and may be years back.
                occurredAt: body["repository"]["pushed_at"].timestamp,
                body,
                &context
            ),
            push: Push(first: pushed)
        )
    }
}
