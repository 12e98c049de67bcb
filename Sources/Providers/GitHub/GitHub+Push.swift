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
        pushed.before = Self.commit(body["before"])
        pushed.after = Self.commit(body["after"])
        pushed.created = body["created"].bool ?? Self.isZeroHash(body["before"])
        pushed.deleted = body["deleted"].bool ?? Self.isZeroHash(body["after"])
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

    private static func commit(_ value: JSONValue) -> String? {
        isZeroHash(value) == true ? nil : value.text
    }

    /// Whether it is the hash that stands for no commit, all zeros; nil where there is none.
    private static func isZeroHash(_ value: JSONValue) -> Bool? {
        value.text.map { $0.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }
    }
}
