import Events

extension AzureDevOps {
    /// `build.complete`: version 2.0 of the resource has a status and a result, version 1.0 only a status,
    /// which is the result.
    func build(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let build = context.object("resource", of: body) else { return nil }
        let result = Self.buildResult(
            status: build["status"].word,
            result: build["result"].word,
            // The event is sent when the build is over, however little is told of it.
            hasCompletionTime: true
        )
        let source = Self.source(ofBuild: build)
        var suite = CheckSuite(status: result.status)
        suite.conclusion = result.conclusion
        suite.rawStatus = build["status"].word
        suite.rawConclusion =
            build["result"].word ?? suite.rawStatus.flatMap { Self.conclusions[$0] == nil ? nil : $0 }
        suite.id = context.identifier(build["id"], "build id")
        suite.headSha = source.sha
        suite.headBranch = source.branch
        suite.url = build["_links"]["web"]["href"].text
        suite.pullRequestNumbers = Self.pullRequestNumbers(ofBuild: build)
        suite.app = build["definition"]["name"].text
        let repository = repository(ofBuild: build, &context)
        return CheckSuiteEvent(
            envelope: context.envelope(
                .checkSuite,
                subject: suite.headSha.map { "commit/\($0)" },
                occurredAt: build["finishTime"].timestamp ?? body["createdDate"].timestamp,
                repository: repository
            ),
            action: .completed,
            checkSuite: suite
        )
    }

    /// The number in `refs/pull/7/merge`.
    static func pullRequestNumber(ofRef ref: String?) -> Int? {
        guard let rest = ref?.withoutPrefix("refs/pull/"),
            let number = Int(Substring(rest.utf8.prefix { $0 != UInt8(ascii: "/") }))
        else { return nil }
        return number > 0 ? number : nil
    }

    /// The commit and branch, which version 1.0 has as `LG:refs/heads/main:3c9f1de2…`.
    private static func source(ofBuild build: JSONValue) -> (sha: String?, branch: String?) {
        let old = build["sourceGetVersion"].word?.split(separator: ":") ?? []
        let isGit = old.count == 3 && old.first == "LG"
        let branch = isGit ? String(old[1]) : nil
        return (
            build["sourceVersion"].commitHash ?? (isGit ? String(old[2]) : nil),
            Self.branch(build["sourceBranch"].branchName ?? branch.flatMap(JSONValue.branchName(ofRef:)))
        )
    }

    /// Nil for other refs than branches, such as that of a trial merge.
    static func branch(_ name: String?) -> String? {
        name?.withoutPrefix("refs/") == nil ? name : nil
    }

    private static func pullRequestNumbers(ofBuild build: JSONValue) -> [Int] {
        let number =
            pullRequestNumber(ofRef: build["sourceBranch"].word) ?? build["triggerInfo"]["pr.number"].number
        return number.map { [$0] } ?? []
    }
}
