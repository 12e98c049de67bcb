import Events
import Providers
import Testing

/// The events that tell a change by what was there before, and may be several.
@Suite("Bitbucket Data Center pull request changes")
struct BitbucketDataCenterChangeTests {
    private func events(_ name: String, _ outside: String, _ more: String = "") throws -> [PullRequestEvent] {
        let json = """
            {"date":"2026-01-03T00:00:00+0000","actor":{"id":4,"name":"ada"},"pullRequest":{"id":7,\
            "title":"T","description":"D","draft":false,"toRef":{"id":"refs/heads/b","displayId":"b",\
            "repository":{"id":1,"slug":"app","project":{"key":"ACME"}}}\(more)}\(outside)}
            """
        let delivery = try Hook(BitbucketDataCenter()).delivery(name, json)
        #expect(delivery.problem == nil)
        for event in delivery.events {
            #expect(event.subject == "pull_request/7" && event.repository?.fullName == "ACME/app")
            #expect(event.actor?.username == "ada" && event.occurredAt != nil)
        }
        return try delivery.events.map { try #require($0 as? PullRequestEvent) }
    }

    private static let same =
        #","previousTitle":"T","previousDescription":"D","previousTarget":{"displayId":"b"}"#

    @Test(
        "An edit has the values that it replaced, and no others",
        arguments: [
            (#","previousTitle":"Old""#, PullRequest.Previous(title: "Old")),
            (#","previousDescription":"Old""#, PullRequest.Previous(description: "Old")),
            (#","previousDescription":null"#, PullRequest.Previous()),
            (#","previousTarget":{"id":"refs/heads/next"}"#, PullRequest.Previous(baseRef: "next")),
            (
                #","previousTitle":"A","previousDescription":"B","previousTarget":{"displayId":"c"}"#,
                PullRequest.Previous(title: "A", description: "B", baseRef: "c")
            ),
        ]
    )
    func edited(outside: String, previous: PullRequest.Previous) throws {
        let events = try events("pr:modified", Self.same + outside)
        #expect(events.map(\.action) == [.edited])
        #expect(events.first?.pullRequest.previous == previous)
        #expect(events.first?.pullRequest.ambiguous == nil)
    }

    @Test(
        "A draft begins and ends",
        arguments: [(true, false, PullRequestAction.convertedToDraft), (false, true, .readyForReview)]
    )
    func drafts(isDraft: Bool, wasDraft: Bool, action: PullRequestAction) throws {
        let outside = Self.same + #","previousDraft":\#(wasDraft)"#
        let events = try events("pr:modified", outside, #","draft":\#(isDraft)"#)
        #expect(events.map(\.action) == [action])
        #expect(events.first?.pullRequest.draft == isDraft)
        #expect(events.first?.pullRequest.previous == nil)
    }

    @Test("Both at once are two events, the edit first")
    func both() throws {
        let events = try events("pr:modified", #","previousTitle":"Old","previousDraft":true"#)
        #expect(events.map(\.action) == [.edited, .readyForReview])
        #expect(events.first?.pullRequest.previous == PullRequest.Previous(title: "Old"))
        #expect(events.last?.pullRequest.previous == nil)
    }

    @Test(
        "Where nothing differs it is not known what changed",
        arguments: [same, same + #","previousDraft":false"#, "", #","previousTitle":null"#]
    )
    func ambiguous(outside: String) throws {
        let events = try events("pr:modified", outside)
        #expect(events.map(\.action) == [.edited])
        #expect(events.first?.pullRequest.ambiguous == true)
        #expect(events.first?.pullRequest.previous == nil)
    }

    @Test("An empty description that stays empty is no edit")
    func emptyDescription() throws {
        let outside = #","previousTitle":"Old","previousDescription":null"#
        let events = try events("pr:modified", outside, #","description":null"#)
        #expect(events.first?.pullRequest.previous == PullRequest.Previous(title: "Old"))
    }

    @Test("Each reviewer who was added or removed is an event")
    func reviewers() throws {
        let outside = """
            ,"addedReviewers":[{"id":5,"name":"ben"},{"user":{"id":6,"name":"cleo"}}],\
            "removedReviewers":[{"id":8,"name":"dora"}]
            """
        let events = try events("pr:reviewer:updated", outside)
        #expect(events.map(\.action) == [.reviewRequested, .reviewRequested, .reviewRequestRemoved])
        #expect(events.map { $0.pullRequest.reviewer?.username } == ["ben", "cleo", "dora"])
    }

    @Test(
        "Without anybody added or removed it is not known what changed",
        arguments: ["", #","addedReviewers":[],"removedReviewers":null"#]
    )
    func noReviewers(outside: String) throws {
        let events = try events("pr:reviewer:updated", outside)
        #expect(events.map(\.action) == [.edited])
        #expect(events.first?.pullRequest.ambiguous == true)
    }
}
