import Events

extension Gitea {
    /// `status`: what CI systems report; a check run named after its context.
    func commitStatus(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let state = body["state"].word else {
            context.report("the status event has no state")
            return nil
        }
        let occurredAt = body["updated_at"].timestamp ?? body["created_at"].timestamp
        var run = CheckRun(commitStatus: state, states: Self.commitStates, updatedAt: occurredAt)
        run.id = context.identifier(body["id"], "commit status id")
        run.name = body["context"].text
        run.externalId = context.identifier(body["context"], "external id")
        run.headSha = body["sha"].text ?? body["commit"]["id"].text
        run.url = body["target_url"].text
        run.app = body["context"].text
        return CheckRunEvent(
            envelope: envelope(
                .checkRun,
                subject: run.headSha.map { "commit/\($0)" },
                occurredAt: occurredAt,
                body,
                &context
            ),
            action: run.status == .completed ? .completed : .created,
            checkRun: run
        )
    }
}
