import Events

extension GitLab {
    /// `pipeline`.
    func pipeline(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let object = context.object("object_attributes", of: body),
            let status = status(object["status"], &context)
        else { return nil }
        let reason = Self.failureReason(object, body["builds"].array ?? [])
        let isOver = object["finished_at"].timestamp != nil
        let result = Self.buildResult(status, failureReason: reason, isOver: isOver)
        let action: CheckSuiteAction =
            result.status == .completed
            ? .completed : Self.requestedStatuses.contains(status) ? .requested : .updated
        var suite = CheckSuite(status: result.status)
        suite.conclusion = result.conclusion
        suite.rawStatus = status
        suite.rawConclusion = Self.rawConclusion(result, status: status, failureReason: reason)
        suite.id = context.identifier(object["id"], "pipeline id")
        suite.headSha = object["sha"].text
        suite.headBranch = Self.branch(object, body)
        suite.url = object["url"].text ?? Self.page("pipelines", suite.id, body)
        suite.pullRequestNumbers = [body["merge_request"]["iid"].number].compactMap(\.self)
        suite.app = object["name"].text
        return CheckSuiteEvent(
            envelope: envelope(
                .checkSuite,
                subject: suite.headSha.map { "commit/\($0)" },
                occurredAt: Self.occurredAt(action, object, body),
                body,
                &context
            ),
            action: action,
            checkSuite: suite
        )
    }

    /// `build`, a job.
    func job(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let status = status(body["build_status"], &context) else { return nil }
        let (reason, finishedAt) = (body["build_failure_reason"].word, body["build_finished_at"].timestamp)
        let result = Self.buildResult(
            status,
            failureReason: reason,
            isOptional: body["build_allow_failure"].bool == true,
            isOver: finishedAt != nil
        )
        let isOver = result.status == .completed
        var run = CheckRun(status: result.status)
        run.conclusion = result.conclusion
        run.rawStatus = status
        run.rawConclusion = Self.rawConclusion(result, status: status, failureReason: reason)
        run.id = context.identifier(body["build_id"], "job id")
        run.name = body["build_name"].text
        run.headSha = body["sha"].text
        run.url = Self.page("jobs", run.id, body)
        // What is called the commit's id is the pipeline's.
        let pipeline = body["pipeline_id"].int64 == nil ? body["commit"]["id"] : body["pipeline_id"]
        run.checkSuiteId = context.identifier(pipeline, "pipeline id")
        run.startedAt = body["build_started_at"].timestamp
        run.completedAt = isOver ? finishedAt : nil
        let created = body["build_created_at"].timestamp
        return CheckRunEvent(
            envelope: envelope(
                .checkRun,
                subject: run.headSha.map { "commit/\($0)" },
                occurredAt: run.completedAt
                    ?? (result.status == .pending ? created : run.startedAt ?? created),
                body,
                &context
            ),
            action: isOver ? .completed : status == "created" ? .created : .updated,
            checkRun: run
        )
    }

    private func status(_ status: JSONValue, _ context: inout MappingContext) -> String? {
        if let status = status.word { return status }
        context.report("the \(context.eventName ?? "") event has no status")
        return nil
    }

    /// The word that the conclusion was read from.
    private static func rawConclusion(
        _ result: BuildResult,
        status: String,
        failureReason: String?
    ) -> String? {
        guard result.status == .completed else { return nil }
        return result.conclusion == .timedOut ? failureReason : status
    }

    /// A pipeline has a reason if all the jobs that made it fail have one that says more than that.
    private static func failureReason(_ object: JSONValue, _ jobs: [JSONValue]) -> String? {
        if let reason = object["failure_reason"].word { return reason }
        let reasons = jobs.lazy.filter { $0["status"].word == "failed" && $0["allow_failure"].bool != true }
            .map { $0["failure_reason"].word ?? "" }
        guard let first = reasons.first, reasons.allSatisfy({ failureReasons[$0] == failureReasons[first] })
        else { return nil }
        return first
    }

    /// Pipelines of tags have no branch; those of merge requests may run on refs that are no branches.
    private static func branch(_ object: JSONValue, _ body: JSONValue) -> String? {
        guard object["tag"].bool != true, let ref = object["ref"].branchName else { return nil }
        return ref.withoutPrefix("refs/") != nil ? body["merge_request"]["source_branch"].text : ref
    }

    private static func page(_ folder: String, _ id: String?, _ body: JSONValue) -> String? {
        let project = body["project"]["web_url"].text ?? body["repository"]["homepage"].text
        guard let project, let id else { return nil }
        return "\(project)/-/\(folder)/\(id)"
    }

    /// A pipeline has no time of its last change: that of its jobs is nearest.
    private static func occurredAt(
        _ action: CheckSuiteAction,
        _ object: JSONValue,
        _ body: JSONValue
    ) -> Timestamp? {
        let created = object["created_at"].timestamp
        if action == .requested { return created }
        if action == .completed, let finished = object["finished_at"].timestamp { return finished }
        let jobs = (body["builds"].array ?? []).lazy.flatMap { [$0["started_at"], $0["finished_at"]] }
        return jobs.compactMap(\.timestamp).max() ?? created
    }
}
