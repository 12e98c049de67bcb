import Events

extension AzureDevOps {
    /// `ms.vss-pipelines.run-state-changed-event`: a run is a build, with the same id.
    func run(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let resource = context.object("resource", of: body),
            let run = context.object("run", of: resource)
        else { return nil }
        let finishedAt = run["finishedDate"].timestamp
        let state = run["state"].word
        let result = Self.buildResult(
            status: state,
            result: run["result"].word,
            hasCompletionTime: finishedAt != nil
        )
        var suite = CheckSuite(status: result.status)
        suite.conclusion = result.conclusion
        suite.rawStatus = state
        suite.rawConclusion = run["result"].word
        suite.id = context.identifier(run["id"], "run id")
        suite.headSha = Self.source(of: resource)["version"].commitHash
        suite.headBranch = Self.branch(Self.source(of: resource)["refName"].branchName)
        suite.url = run["_links"]["web"]["href"].text
        suite.pullRequestNumbers = Self.pullRequestNumbers(of: resource)
        suite.app = Self.pipeline(of: resource)
        let repository = repository(ofRun: resource, &context)
        return CheckSuiteEvent(
            envelope: context.envelope(
                .checkSuite,
                subject: suite.headSha.map { "commit/\($0)" },
                occurredAt: (result.status == .completed ? finishedAt : nil) ?? body["createdDate"].timestamp,
                repository: repository
            ),
            action: Self.action(ofRun: state, result.status),
            checkSuite: suite
        )
    }

    /// `ms.vss-pipelines.job-state-changed-event` and `…stage-state-changed-event`: a part of a run.
    ///
    /// - Parameters:
    ///   - name: `job` or `stage`.
    ///   - body: The root of the payload.
    ///   - context: Where problems go.
    /// - Returns: The event; nil without the part.
    func check(_ name: String, of body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let resource = context.object("resource", of: body),
            let part = context.object(name, of: resource)
        else { return nil }
        let run = neutral(part, of: resource, &context)
        let own = run.status == .completed ? run.completedAt : run.status == .running ? run.startedAt : nil
        let repository = repository(ofRun: resource, &context)
        return CheckRunEvent(
            envelope: context.envelope(
                .checkRun,
                subject: run.headSha.map { "commit/\($0)" },
                occurredAt: own ?? body["createdDate"].timestamp,
                repository: repository
            ),
            action: Self.action(ofPart: run.status),
            checkRun: run
        )
    }

    private func neutral(
        _ part: JSONValue,
        of resource: JSONValue,
        _ context: inout MappingContext
    ) -> CheckRun {
        let completedAt = part["finishTime"].timestamp
        let result = Self.buildResult(
            status: part["state"].word,
            result: part["result"].word,
            hasCompletionTime: completedAt != nil
        )
        var run = CheckRun(status: result.status)
        run.conclusion = result.conclusion
        run.rawStatus = part["state"].word
        run.rawConclusion = part["result"].word
        run.id = context.identifier(part["id"], "check run id")
        run.name = part["displayName"].text ?? part["name"].text
        run.headSha = Self.source(of: resource)["version"].commitHash
        run.url = part["_links"]["web"]["href"].text ?? resource["run"]["_links"]["web"]["href"].text
        run.checkSuiteId = context.identifier(resource["run"]["id"], "run id")
        run.pullRequestNumbers = Self.pullRequestNumbers(of: resource)
        run.startedAt = part["startTime"].timestamp
        run.completedAt = result.status == .completed ? completedAt : nil
        run.app = Self.pipeline(of: resource)
        return run
    }

    /// A run has begun when the first event of it is sent.
    private static func action(ofRun state: String?, _ status: BuildStatus) -> CheckSuiteAction {
        if status == .completed { return .completed }
        return state == "inProgress" || status == .pending && statuses[state ?? ""] != nil
            ? .requested : .updated
    }

    private static func action(ofPart status: BuildStatus) -> CheckRunAction {
        switch status {
        case .completed: .completed
        case .pending: .created
        default: .updated
        }
    }

    /// What the run has checked out first: `refName` and `version`.
    private static func source(of resource: JSONValue) -> JSONValue {
        resource["run"]["resources"]["repositories"]["self"]
    }

    private static func pipeline(of resource: JSONValue) -> String? {
        resource["pipeline"]["name"].text ?? resource["run"]["pipeline"]["name"].text
    }

    /// The run's ref, and the variables that it has for a pull request; for one of GitHub's the number is not
    /// the id.
    private static func pullRequestNumbers(of resource: JSONValue) -> [Int] {
        let variables = resource["run"]["variables"]
        let number =
            pullRequestNumber(ofRef: source(of: resource)["refName"].word)
            ?? variables["system.pullRequest.pullRequestNumber"]["value"].number
            ?? variables["system.pullRequest.pullRequestId"]["value"].number
        return number.map { [$0] } ?? []
    }
}
