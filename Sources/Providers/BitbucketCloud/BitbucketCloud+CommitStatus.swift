import Events
import Signatures

extension BitbucketCloud {
    /// `repo:commit_status_created` and `repo:commit_status_updated`: a check run named by its key, which is
    /// all the identity that it has within its commit.
    ///
    /// - Parameters:
    ///   - action: What it means unless the state says that the check is over.
    ///   - body: The body.
    ///   - context: The delivery's context.
    /// - Returns: The check run; nil for a body without one.
    func commitStatus(
        _ action: CheckRunAction,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (any Event)? {
        guard let status = context.object("commit_status", of: body) else { return nil }
        guard let state = status["state"].word else {
            context.report("the \(context.eventName ?? "") event has no state in its commit_status object")
            return nil
        }
        let occurredAt = status["updated_on"].timestamp ?? status["created_on"].timestamp
        var run = CheckRun(commitStatus: state, states: Self.commitStates, updatedAt: occurredAt)
        run.externalId = context.identifier(status["key"], "external id")
        run.name = status["name"].text ?? status["key"].text
        run.headSha = Self.commit(of: status)
        run.url = status["url"].text
        run.app = status["key"].text
        return CheckRunEvent(
            envelope: envelope(
                .checkRun,
                subject: run.headSha.map { "commit/\($0)" },
                occurredAt: occurredAt,
                body,
                &context
            ),
            action: run.status == .completed ? .completed : action,
            checkRun: run
        )
    }

    /// Old bodies name the commit in a link alone, `…/commit/<hash>`.
    private static func commit(of status: JSONValue) -> String? {
        if let hash = status["commit"]["hash"].text { return hash }
        guard let link = status["links"]["commit"]["href"].address,
            let segment = link.split(separator: "/").last, segment.utf8.count >= hashDigitCountMin,
            segment.utf8.allSatisfy({ Hexadecimal.value(of: $0) != nil })
        else { return nil }
        return String(segment)
    }

    /// What Bitbucket abbreviates hashes to, at the shortest.
    private static let hashDigitCountMin = 7
}
