package import Events

extension GitLab {
    /// One event for most deliveries; an update of a merge request gives one for each thing that changed.
    ///
    /// The body decides: system hooks say `System Hook` in the header, whatever happened.
    package func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        let events: [(any Event)?] =
            switch Self.kind(of: body, context) {
            case "build": [job(body, &context)]
            case "merge_request": mergeRequest(body, &context)
            case "note": [note(body, &context)]
            case "pipeline": [pipeline(body, &context)]
            case "push", "tag_push": [push(body, &context)]
            case "repository_update": [repositoryUpdate(body, &context)]
            default: []
            }
        let known = events.compactMap(\.self)
        return known.isEmpty ? [unknown(body, &context)] : known
    }

    /// The body's own name of the event.
    static func kind(of body: JSONValue) -> String? { body["object_kind"].word ?? body["event_name"].word }

    private static func kind(of body: JSONValue, _ context: MappingContext) -> String? {
        kind(of: body) ?? context.eventName.flatMap { kinds[$0] }
    }

    /// What the header says of a body that says nothing.
    private static let kinds = [
        "Build Hook": "build",
        "Confidential Issue Hook": "issue",
        "Confidential Note Hook": "note",
        "Issue Hook": "issue",
        "Job Hook": "build",
        "Merge Request Hook": "merge_request",
        "Note Hook": "note",
        "Pipeline Hook": "pipeline",
        "Push Hook": "push",
        "Tag Push Hook": "tag_push",
    ]

    /// The event of a delivery without a neutral kind.
    private func unknown(_ body: JSONValue, _ context: inout MappingContext) -> any Event {
        let object = body["object_attributes"]
        let action = object["action"].text ?? body["action"].text
        let times = [object["updated_at"], object["created_at"], body["updated_at"], body["created_at"]]
        return UnknownEvent(
            envelope: envelope(
                .unknown,
                subject: Self.subject(of: body, kind: Self.kind(of: body, context)),
                occurredAt: times.lazy.compactMap(\.timestamp).first,
                body,
                &context
            ),
            action: context.shortText(action, "action")
        )
    }

    /// The issue or merge request that a delivery without a neutral kind is about.
    private static func subject(of body: JSONValue, kind: String?) -> String? {
        let object = body["object_attributes"]
        switch kind {
        case "merge_request": return object["iid"].number.map { "pull_request/\($0)" }
        // Epics belong to groups and have numbers of their own.
        case "issue", "work_item":
            return object["type"].word == "Epic" ? nil : object["iid"].number.map { "issue/\($0)" }
        default:
            if let number = body["merge_request"]["iid"].number { return "pull_request/\(number)" }
            return body["issue"]["iid"].number.map { "issue/\($0)" }
        }
    }

    /// The envelope of any event.
    ///
    /// - Parameters:
    ///   - kind: What the event is about.
    ///   - subject: What it belongs to.
    ///   - occurredAt: When it happened.
    ///   - actor: Who did it, for the bodies that have no `user` object.
    ///   - body: The delivery's body.
    ///   - context: Takes what is left out.
    /// - Returns: The envelope, with the project that the body names.
    func envelope(
        _ kind: EventKind,
        subject: String?,
        occurredAt: Timestamp? = nil,
        actor: User? = nil,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> EventEnvelope {
        let repository = repository(of: body, &context)
        let actor = actor ?? user(body["user"], &context)
        return context.envelope(
            kind,
            subject: subject,
            occurredAt: occurredAt,
            repository: repository,
            actor: actor
        )
    }
}
