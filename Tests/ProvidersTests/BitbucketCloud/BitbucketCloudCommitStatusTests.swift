import Events
import Providers
import Testing

@Suite("Bitbucket Cloud commit statuses")
struct BitbucketCloudCommitStatusTests {
    private func json(_ more: String = "") -> String {
        """
        {"commit_status":{"key":"ci-1","name":"Build #1","state":"SUCCESSFUL","url":"https://ci/1",\
        "refname":"main","description":"Passed","type":"build","commit":{"hash":"aa"},\
        "created_on":"2026-01-01T00:00:00+00:00","updated_on":"2026-01-02T00:00:00+00:00"\(more)},\
        "repository":{"uuid":"{r}","full_name":"acme/app"},"actor":{"uuid":"{a}","nickname":"ada"}}
        """
    }

    private func event(_ json: String, _ name: String = "updated") throws -> CheckRunEvent {
        try ProvidersTests.event("repo:commit_status_\(name)", json, from: BitbucketCloud())
    }

    @Test("It is a check run without an id, known by its commit and key")
    func fields() throws {
        let event = try event(json())
        #expect(event.action == .completed)
        #expect(event.subject == "commit/aa")
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
        #expect(event.actor?.username == "ada")
        var expected = CheckRun(status: .completed)
        expected.name = "Build #1"
        expected.externalId = "ci-1"
        expected.conclusion = .success
        expected.rawStatus = "SUCCESSFUL"
        expected.rawConclusion = "SUCCESSFUL"
        expected.headSha = "aa"
        expected.url = "https://ci/1"
        expected.completedAt = try time("2026-01-02T00:00:00Z")
        expected.app = "ci-1"
        #expect(event.checkRun == expected)
    }

    typealias Row = (String, BuildStatus, BuildConclusion?)

    static let stateRows: [Row] = [
        ("INPROGRESS", .running, nil), ("SUCCESSFUL", .completed, .success),
        ("FAILED", .completed, .failure), ("STOPPED", .completed, .cancelled), ("LEVITATING", .pending, nil),
        ("failed", .pending, nil),
    ]

    @Test("States, which also say whether it is over", arguments: stateRows)
    func states(row: Row) throws {
        for (name, action) in [("created", CheckRunAction.created), ("updated", .updated)] {
            let event = try event(json(#","state":"\#(row.0)""#), name)
            let isOver = row.1 == .completed
            #expect(event.action == (isOver ? .completed : action))
            #expect(event.checkRun.status == row.1)
            #expect(event.checkRun.conclusion == row.2)
            #expect(event.checkRun.rawStatus == row.0)
            #expect(event.checkRun.rawConclusion == (isOver ? row.0 : nil))
            #expect((event.checkRun.completedAt != nil) == isOver)
        }
    }

    @Test(
        "Old bodies have the commit in a link alone",
        arguments: [
            (
                "https://api/2.0/repositories/a/b/commit/9fec847784abb10b2fa567ee63b85bd238955d0e",
                "9fec847784abb10b2fa567ee63b85bd238955d0e"
            ),
            ("https://api/2.0/repositories/a/b/commit/9fec847784ab/", "9fec847784ab"),
            ("https://api/2.0/repositories/a/b/commit/", nil), ("", nil), ("https://api/commit/feed", nil),
            ("https://api/commit/9fec847?x=1", nil),
        ] as [(String, String?)]
    )
    func links(link: String, sha: String?) throws {
        let event = try event(json(#","commit":null,"links":{"commit":{"href":"\#(link)"}}"#))
        #expect(event.checkRun.headSha == sha)
        #expect(event.subject == sha.map { "commit/\($0)" })
    }

    @Test("Without a name it has that of its key, and a key may be missing")
    func names() throws {
        #expect(try event(json(#","name":"""#)).checkRun.name == "ci-1")
        let run = try event(json(#","name":null,"key":null,"url":"","updated_on":null"#)).checkRun
        #expect(run.name == nil && run.externalId == nil && run.app == nil && run.url == nil)
        #expect(run.completedAt == (try time("2026-01-01T00:00:00Z")))
    }

    @Test(
        "Without its object or state it is unknown, with a problem",
        arguments: [
            ("{}", "has no commit_status object"),
            (#"{"commit_status":{"key":"x"}}"#, "has no state in its commit_status object"),
            (#"{"commit_status":{"state":""}}"#, "has no state in its commit_status object"),
        ]
    )
    func incomplete(json: String, problem: String) throws {
        let result = try unknown("repo:commit_status_created", json, from: BitbucketCloud())
        #expect(result.problem == "the repo:commit_status_created event \(problem)")
    }
}
