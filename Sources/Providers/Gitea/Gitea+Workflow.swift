import Events

extension Gitea {
    /// The actions of jobs: Gitea's are the job's status, Forgejo's say what happened to the job.
    static let jobActions: [String: CheckRunAction] = [
        "completed": .completed,
        "in_progress": .updated,
        "job_completed": .completed,
        "job_status_changed": .updated,
        "new_job_attempt": .created,
        "pending": .updated,
        "queued": .created,
        "requested": .created,
        "waiting": .updated,
    ]

    /// The actions of Gitea's runs.
    static let runActions: [String: CheckSuiteAction] = [
        "completed": .completed,
        "in_progress": .updated,
        "requested": .requested,
    ]

    /// `workflow_job` of Gitea, or one of Forgejo's `workflow_job_…`, which have the job beside its run.
    func workflowJob(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let job = context.object(body["job"].isObject ? "job" : "workflow_job", of: body) else {
            return nil
        }
        let checkRun = neutral(job, run: body["run"], &context)
        let isOver = checkRun.status == .completed
        let assumed: CheckRunAction = isOver ? .completed : .created
        guard let action = action(of: body, assumed: assumed.rawValue, &context) else { return nil }
        var kind = Self.jobActions[action] ?? CheckRunAction(rawValue: action)
        // A job that is skipped begins as one that is over.
        if kind == .created, isOver { kind = .completed }
        return CheckRunEvent(
            envelope: envelope(
                .checkRun,
                subject: checkRun.headSha.map { "commit/\($0)" },
                occurredAt: Self.occurredAt(kind == .completed, kind == .created, job),
                body,
                &context
            ),
            action: kind,
            checkRun: checkRun
        )
    }

    /// `workflow_run` of Gitea.
    func workflowRun(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let run = context.object("workflow_run", of: body) else { return nil }
        var suite = neutral(
            run,
            Self.buildResult(
                status: run["status"].word,
                conclusion: run["conclusion"].word,
                hasCompletionTime: run["completed_at"].timestamp != nil
            ),
            &context
        )
        suite.rawConclusion = run["conclusion"].word
        suite.headSha = run["head_sha"].text
        suite.headBranch = run["head_branch"].branchName
        suite.pullRequestNumbers = (run["pull_requests"].array ?? []).compactMap { $0["number"].number }
        suite.app = body["workflow"]["name"].text ?? run["name"].text
        let assumed: CheckSuiteAction = suite.status == .completed ? .completed : .requested
        guard let action = action(of: body, assumed: assumed.rawValue, &context) else { return nil }
        let kind = Self.runActions[action] ?? CheckSuiteAction(rawValue: action)
        let occurredAt = Self.occurredAt(kind == .completed, kind == .requested, run)
        return event(suite, kind, occurredAt: occurredAt, body, &context)
    }

    /// `action_run_…` of Forgejo: sent when a run is over, for one that succeeds after a failure twice.
    func actionRun(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let run = context.object("run", of: body) else { return nil }
        let status = run["status"].word
        let result =
            status.flatMap { Self.workflowStates[$0] }
            ?? BuildResult.of(body["action"].word, in: Self.actionRunActions, isOver: true)
        var suite = neutral(run, result, &context)
        suite.rawConclusion = result.status == .completed ? status ?? body["action"].word : nil
        suite.headSha = run["commit_sha"].text
        suite.headBranch = Self.branch(of: run)
        suite.pullRequestNumbers = Self.pullRequestNumbers(of: run)
        suite.app = run["workflow_id"].text
        let occurredAt = run["stopped"].timestamp ?? run["updated"].timestamp
        return event(suite, .completed, occurredAt: occurredAt, body, &context)
    }

    private func neutral(
        _ job: JSONValue,
        run: JSONValue,
        _ context: inout MappingContext
    ) -> CheckRun {
        let completedAt = job["completed_at"].timestamp
        let (status, conclusion) = (job["status"].word, job["conclusion"].word)
        let result = Self.buildResult(
            status: status,
            conclusion: conclusion,
            hasCompletionTime: completedAt != nil
        )
        var checkRun = CheckRun(status: result.status)
        checkRun.conclusion = result.conclusion
        checkRun.rawStatus = status
        checkRun.rawConclusion = conclusion ?? (run.isObject && result.status == .completed ? status : nil)
        checkRun.id = context.identifier(job["id"], "job id")
        checkRun.name = job["name"].text
        checkRun.headSha = job["head_sha"].text ?? run["commit_sha"].text
        checkRun.url = job["html_url"].text
        checkRun.checkSuiteId = context.identifier(job["run_id"], "run id")
        checkRun.pullRequestNumbers = Self.pullRequestNumbers(of: run)
        checkRun.startedAt = job["started_at"].timestamp
        checkRun.completedAt = completedAt
        checkRun.app = run["workflow_id"].text
        return checkRun
    }

    private func neutral(
        _ run: JSONValue,
        _ result: BuildResult,
        _ context: inout MappingContext
    ) -> CheckSuite {
        var suite = CheckSuite(status: result.status)
        suite.conclusion = result.conclusion
        suite.rawStatus = run["status"].word
        suite.id = context.identifier(run["id"], "run id")
        suite.url = run["html_url"].text
        return suite
    }

    private func event(
        _ suite: CheckSuite,
        _ action: CheckSuiteAction,
        occurredAt: Timestamp?,
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> any Event {
        CheckSuiteEvent(
            envelope: envelope(
                .checkSuite,
                subject: suite.headSha.map { "commit/\($0)" },
                occurredAt: occurredAt,
                body,
                &context
            ),
            action: action,
            checkSuite: suite
        )
    }

    private static func occurredAt(_ isEnd: Bool, _ isBeginning: Bool, _ object: JSONValue) -> Timestamp? {
        let (created, started) = (object["created_at"].timestamp, object["started_at"].timestamp)
        if isEnd { return object["completed_at"].timestamp ?? object["updated_at"].timestamp }
        return isBeginning ? created ?? started : object["updated_at"].timestamp ?? started ?? created
    }

    /// Forgejo writes the ref for people: `main`, `v1.0`, or `#7` for a pull request.
    private static func branch(of run: JSONValue) -> String? {
        guard run["prettyref"].word != nil, let ref = run["prettyref"].branchName,
            !ref.hasPrefix("#")
        else { return nil }
        return ref
    }

    private static func pullRequestNumbers(of run: JSONValue) -> [Int] {
        guard let ref = run["prettyref"].word, ref.hasPrefix("#"), let number = Int(ref.dropFirst()),
            number > 0
        else { return [] }
        return [number]
    }
}
