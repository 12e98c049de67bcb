import Events
import Providers
import Testing

@Suite("Azure DevOps samples")
struct AzureDevOpsSampleTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let kind: EventKind
        let action: String?
        let subject: String?
        let actor: String?

        var testDescription: String { name }

        init(
            _ name: String,
            _ kind: EventKind,
            _ action: String?,
            _ subject: String?,
            by actor: String? = nil
        ) {
            self.name = name
            self.kind = kind
            self.action = action
            self.subject = subject
            self.actor = actor
        }
    }

    static let commit = "commit/3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"
    static let ada = "ada@acme.example"

    static let rows = [
        Row("build.complete", .checkSuite, "completed", commit),
        Row("build.complete.failed", .checkSuite, "completed", commit),
        Row("git.pullrequest.comment", .comment, "created", "pull_request/42", by: "ben@acme.example"),
        Row("git.pullrequest.created", .pullRequest, "opened", "pull_request/42", by: ada),
        Row("git.pullrequest.merged", .pullRequest, "closed", "pull_request/42"),
        Row("git.pullrequest.merged.conflicts", .unknown, nil, "pull_request/42"),
        Row("git.pullrequest.updated", .pullRequest, "edited", "pull_request/42"),
        Row("git.pullrequest.updated.abandoned", .pullRequest, "closed", "pull_request/42"),
        Row("git.pullrequest.updated.completed", .pullRequest, "closed", "pull_request/42"),
        Row("git.push", .push, "pushed", "refs/heads/main", by: ada),
        Row("git.push.tag", .push, "pushed", "refs/tags/v1.4.0", by: ada),
        Row("job.completed", .checkRun, "completed", commit),
        Row("run.completed", .checkSuite, "completed", commit),
        Row("run.started", .checkSuite, "requested", commit),
        Row("stage.completed", .checkRun, "completed", commit),
        Row("workitem.created", .unknown, nil, nil),
    ]

    @Test("The rows are all the samples, in the order of their names")
    func complete() {
        #expect(AzureDevOps().samples.map(\.name) == Self.rows.map(\.name))
    }

    @Test("A sample maps as its row says", arguments: rows)
    func mapping(row: Row) throws {
        let sample = try #require(AzureDevOps().samples.first { $0.name == row.name })
        let hook = try Hook(AzureDevOps())
        let delivery = try hook.delivery(hook.request(sample.event, sample.body))
        let event = try #require(delivery.events.first)
        #expect(delivery.events.count == 1 && delivery.problem == nil)
        #expect(delivery.eventName == sample.event)
        #expect(delivery.deliveryId == "5a1f3c77-0d24-4be9-9a63-7c1e88d0b2f4:31")
        #expect(event.kind == row.kind && event.actionName == row.action && event.subject == row.subject)
        #expect(event.actor?.username == row.actor)
        #expect(event.occurredAt != nil)
        #expect(event.repository?.fullName == (row.name == "workitem.created" ? nil : "acme/app"))
        #expect(!event.json.contains(#":"""#))
    }

    private func event<Wanted: Event>(_ name: String, as type: Wanted.Type = Wanted.self) throws -> Wanted {
        let sample = try #require(AzureDevOps().samples.first { $0.name == name })
        let json = String(decoding: sample.body, as: UTF8.self)
        return try ProvidersTests.event(sample.event, json, from: AzureDevOps())
    }

    @Test("The builds ended as their names say, one of them for a pull request")
    func builds() throws {
        let passed: CheckSuiteEvent = try event("build.complete")
        #expect(passed.checkSuite.conclusion == .success && passed.checkSuite.pullRequestNumbers == [42])
        let failed: CheckSuiteEvent = try event("build.complete.failed")
        #expect(failed.checkSuite.conclusion == .failure && failed.checkSuite.headBranch == "main")
        let stage: CheckRunEvent = try event("stage.completed")
        #expect(stage.checkRun.conclusion == .neutral && stage.checkRun.name == "Build and test")
        let job: CheckRunEvent = try event("job.completed")
        #expect(job.checkRun.conclusion == .failure && job.checkRun.checkSuiteId == "903")
    }

    @Test("The pull requests were merged and given up as their names say")
    func pullRequests() throws {
        let completed: PullRequestEvent = try event("git.pullrequest.updated.completed")
        #expect(completed.pullRequest.merged == true && completed.pullRequest.mergedAt != nil)
        let abandoned: PullRequestEvent = try event("git.pullrequest.updated.abandoned")
        #expect(abandoned.pullRequest.merged == false && abandoned.pullRequest.mergeCommitSha == nil)
        let updated: PullRequestEvent = try event("git.pullrequest.updated")
        #expect(updated.pullRequest.ambiguous == true && updated.pullRequest.state == .open)
    }
}
