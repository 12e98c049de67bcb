import Events

extension GitHub {
    /// `check_run`.
    func checkRun(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let object = context.object("check_run", of: body),
            let action = action(of: body, assumed: Self.assumedRunAction(object), &context)
        else { return nil }
        let checkRun = neutralRun(object, of: body, &context)
        return CheckRunEvent(
            envelope: envelope(
                .checkRun,
                subject: checkRun.headSha.map { "commit/\($0)" },
                occurredAt: Self.occurredAt(action, object, checkRun),
                body,
                &context
            ),
            action: CheckRunAction(rawValue: action),
            checkRun: checkRun
        )
    }

    /// `check_suite`.
    func checkSuite(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let object = context.object("check_suite", of: body),
            let action = action(of: body, assumed: Self.assumedSuiteAction(object), &context)
        else { return nil }
        let kind = CheckSuiteAction(rawValue: action)
        let checkSuite = neutralSuite(object, of: body, &context)
        let (created, updated) = (object["created_at"].timestamp, object["updated_at"].timestamp)
        return CheckSuiteEvent(
            envelope: envelope(
                .checkSuite,
                subject: checkSuite.headSha.map { "commit/\($0)" },
                occurredAt: kind == .requested ? created ?? updated : updated ?? created,
                body,
                &context
            ),
            action: kind,
            checkSuite: checkSuite
        )
    }

    private func neutralRun(
        _ object: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> CheckRun {
        let completedAt = object["completed_at"].timestamp
        let result = Self.buildResult(object, hasCompletionTime: completedAt != nil)
        var run = CheckRun(status: result.status)
        run.conclusion = result.conclusion
        run.rawStatus = object["status"].word
        run.rawConclusion = object["conclusion"].word
        run.id = context.identifier(object["id"], "check run id")
        run.name = object["name"].text
        run.externalId = context.identifier(object["external_id"], "external id")
        run.headSha = object["head_sha"].text
        run.url = object["html_url"].text
        run.checkSuiteId = context.identifier(object["check_suite"]["id"], "check suite id")
        run.pullRequestNumbers = Self.pullRequestNumbers(object)
        run.startedAt = object["started_at"].timestamp
        run.completedAt = completedAt
        run.app = Self.app(object)
        run.requestedActionId = context.identifier(body["requested_action"]["identifier"], "requested action")
        return run
    }

    private func neutralSuite(
        _ object: JSONValue,
        of body: JSONValue,
        _ context: inout MappingContext
    ) -> CheckSuite {
        let result = Self.buildResult(object, hasCompletionTime: false)
        var suite = CheckSuite(status: result.status)
        suite.conclusion = result.conclusion
        suite.rawStatus = object["status"].word
        suite.rawConclusion = object["conclusion"].word
        suite.id = context.identifier(object["id"], "check suite id")
        suite.headSha = object["head_sha"].text
        suite.headBranch = object["head_branch"].text
        suite.pullRequestNumbers = Self.pullRequestNumbers(object)
        suite.app = Self.app(object)
        // No schema of GitHub's has the address of the page.
        if let page = body["repository"]["html_url"].text, let sha = suite.headSha, let id = suite.id {
            suite.url = "\(page)/commit/\(sha)/checks?check_suite_id=\(id)"
        }
        return suite
    }

    private static func buildResult(_ object: JSONValue, hasCompletionTime: Bool) -> BuildResult {
        buildResult(
            status: object["status"].word,
            conclusion: object["conclusion"].word,
            hasCompletionTime: hasCompletionTime
        )
    }

    private static func pullRequestNumbers(_ object: JSONValue) -> [Int] {
        (object["pull_requests"].array ?? []).compactMap { $0["number"].number }
    }

    /// The slug never changes; Enterprise Server's older versions have a name only.
    private static func app(_ object: JSONValue) -> String? {
        object["app"]["slug"].text ?? object["app"]["name"].text
    }

    /// A request to run again, or a button pressed, changes the suite and not the run.
    private static func occurredAt(_ action: String, _ object: JSONValue, _ run: CheckRun) -> Timestamp? {
        let suite = object["check_suite"]["updated_at"].timestamp
        return switch CheckRunAction(rawValue: action) {
        case .created: run.startedAt ?? suite
        case .completed: run.completedAt ?? suite
        default: suite
        }
    }

    private static func assumedRunAction(_ run: JSONValue) -> String {
        (isCompleted(run) ? CheckRunAction.completed : .created).rawValue
    }

    private static func assumedSuiteAction(_ suite: JSONValue) -> String {
        (isCompleted(suite) ? CheckSuiteAction.completed : .requested).rawValue
    }

    private static func isCompleted(_ check: JSONValue) -> Bool {
        check["status"].word == "completed" || check["conclusion"].word != nil
    }
}
