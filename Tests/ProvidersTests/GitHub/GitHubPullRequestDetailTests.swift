import Events
import Providers
import Testing

@Suite("GitHub pull request details")
struct GitHubPullRequestDetailTests {
    private func pullRequest(_ action: String, _ more: String) throws -> PullRequest {
        let json = #"{"action":"\#(action)","pull_request":{"number":7},\#(more)}"#
        return try event("pull_request", json, as: PullRequestEvent.self).pullRequest
    }

    @Test("Labels", arguments: ["labeled", "unlabeled"])
    func label(action: String) throws {
        #expect(try pullRequest(action, #""label":{"id":1,"name":"bug"}"#).label == "bug")
        #expect(try pullRequest(action, #""label":null"#).label == nil)
    }

    @Test("Assignees", arguments: ["assigned", "unassigned"])
    func assignee(action: String) throws {
        let pullRequest = try pullRequest(action, #""assignee":{"id":5,"login":"ada","type":"User"}"#)
        #expect(pullRequest.assignee == User(id: "5", username: "ada"))
    }

    @Test("Milestones", arguments: ["milestoned", "demilestoned"])
    func milestone(action: String) throws {
        #expect(try pullRequest(action, #""milestone":{"number":1,"title":"1.0"}"#).milestone == "1.0")
    }

    @Test("Reviewers are people or teams", arguments: ["review_requested", "review_request_removed"])
    func reviewer(action: String) throws {
        let person = try pullRequest(action, #""requested_reviewer":{"id":5,"login":"ada"}"#)
        #expect(person.reviewer == User(id: "5", username: "ada"))
        let team = try pullRequest(action, #""requested_team":{"id":6,"name":"The Core","slug":"the-core"}"#)
        #expect(team.reviewer == User(id: "6", username: "the-core"))
        #expect(try pullRequest(action, #""requested_team":null"#).reviewer == nil)
    }

    @Test("The heads before and after a push")
    func synchronize() throws {
        let pullRequest = try pullRequest("synchronize", #""before":"aa","after":"bb""#)
        #expect(pullRequest.before == "aa")
        #expect(pullRequest.after == "bb")
    }

    @Test(
        "What an edit replaced",
        arguments: [
            (#"{"title":{"from":"Old"}}"#, PullRequest.Previous(title: "Old")),
            (#"{"body":{"from":"Old"}}"#, PullRequest.Previous(description: "Old")),
            (#"{"body":{"from":null}}"#, PullRequest.Previous()),
            (
                #"{"base":{"ref":{"from":"next"},"sha":{"from":"aa"}}}"#,
                PullRequest.Previous(baseRef: "next")
            ),
            (
                #"{"title":{"from":"A"},"body":{"from":""}}"#,
                PullRequest.Previous(title: "A")
            ),
            ("{}", nil), ("null", nil), (#"{"other":{"from":1}}"#, nil),
        ] as [(String, PullRequest.Previous?)]
    )
    func previous(changes: String, expected: PullRequest.Previous?) throws {
        #expect(try pullRequest("edited", #""changes":\#(changes)"#).previous == expected)
    }

    @Test("Other actions have no detail, whatever stands in the body")
    func others() throws {
        let more = """
            "label":{"name":"bug"},"assignee":{"id":1},"milestone":{"title":"x"},\
            "changes":{"title":{"from":"x"}},\
            "requested_reviewer":{"id":1},"before":"aa","after":"bb"
            """
        var expected = PullRequest(number: 7)
        expected.draft = false
        #expect(try pullRequest("opened", more) == expected)
    }
}
