import Events

extension Gitea {
    /// `push`: one delivery for each ref, whose new commits stand newest first.
    ///
    /// No field of the body tells when it happened: the commits' times are those of their authors' clocks.
    func push(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let ref = body["ref"].text else {
            context.report("the push event has no ref")
            return nil
        }
        var pushed = PushedRef()
        pushed.ref = ref
        pushed.before = body["before"].commitHash
        pushed.after = body["after"].commitHash
        pushed.created = body["before"].isZeroHash
        pushed.deleted = body["after"].isZeroHash
        // The list is cut at a limit that the forge's administrator sets.
        pushed.commitCount = Self.count(body["total_commits"]) ?? body["commits"].array?.count
        pushed.headMessage = Self.headCommit(of: body)["message"].text
        return PushEvent(
            envelope: envelope(.push, subject: ref, body, &context),
            push: Push(first: pushed)
        )
    }

    private static func count(_ value: JSONValue) -> Int? {
        guard let count = value.int64, count >= 0 else { return nil }
        return Int(exactly: count)
    }

    /// Old versions do not name it.
    private static func headCommit(of body: JSONValue) -> JSONValue {
        if body["head_commit"].isObject { return body["head_commit"] }
        guard let head = body["after"].word else { return .missing }
        return body["commits"].array?.first { $0["id"].word == head } ?? body["commits"].first
    }
}
