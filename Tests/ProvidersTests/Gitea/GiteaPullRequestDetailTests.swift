import Events
import Providers
import Testing

@Suite("Gitea pull requests: what only some actions have")
struct GiteaPullRequestDetailTests {
    private func pullRequest(
        _ action: String,
        pullRequest: String = "",
        more: String = ""
    ) throws -> PullRequest {
        let json = GiteaPullRequestTests.json(action, pullRequest: pullRequest, more: more)
        return try event("pull_request", json, from: Gitea(.forgejo), as: PullRequestEvent.self).pullRequest
    }

    @Test("A label that is named is told, otherwise nobody knows which it was")
    func label() throws {
        let labels = #","labels":[{"name":"bug"},{"name":"ui"}]"#
        for action in ["label_updated", "label_cleared"] {
            #expect(try pullRequest(action, pullRequest: labels).label == nil)
            #expect(try pullRequest(action, more: #","label":{"id":5,"name":"bug"}"#).label == "bug")
        }
        #expect(try pullRequest("opened", more: #","label":{"name":"bug"}"#).label == nil)
    }

    @Test("The only assignee is the one who was assigned; of several nobody knows who")
    func assignee() throws {
        let (ben, ada) = (#"{"id":5,"login":"ben"}"#, #"{"id":4,"login":"ada"}"#)
        let expected = User(id: "5", username: "ben")
        #expect(try pullRequest("assigned", pullRequest: #","assignees":[\#(ben)]"#).assignee == expected)
        #expect(try pullRequest("assigned", pullRequest: #","assignee":\#(ben)"#).assignee == expected)
        let several = #","assignee":\#(ben),"assignees":[\#(ben),\#(ada)]"#
        #expect(try pullRequest("assigned", pullRequest: several).assignee == nil)
        #expect(try pullRequest("assigned", pullRequest: #","assignees":[]"#).assignee == nil)
        #expect(try pullRequest("unassigned", pullRequest: several).assignee == nil)
        for action in ["assigned", "unassigned"] {
            let named = try pullRequest(action, pullRequest: several, more: #","assignee":\#(ben)"#)
            #expect(named.assignee == expected)
        }
    }

    @Test("The milestone is the pull request's")
    func milestone() throws {
        let milestone = #","milestone":{"id":1,"title":"1.0"}"#
        #expect(try pullRequest("milestoned", pullRequest: milestone).milestone == "1.0")
        #expect(try pullRequest("demilestoned", more: milestone).milestone == "1.0")
        #expect(try pullRequest("demilestoned", pullRequest: #","milestone":null"#).milestone == nil)
        #expect(try pullRequest("opened", pullRequest: milestone).milestone == nil)
    }

    @Test("The reviewer is the one who was asked", arguments: ["review_requested", "review_request_removed"])
    func reviewer(action: String) throws {
        let more = #","requested_reviewer":{"id":5,"login":"ben"}"#
        #expect(try pullRequest(action, more: more).reviewer == User(id: "5", username: "ben"))
        #expect(try pullRequest(action, more: #","requested_reviewer":null"#).reviewer == nil)
    }

    @Test("The new head is the commit beside the pull request, else its own; the old one is not told")
    func synchronize() throws {
        let plain = try pullRequest("synchronized")
        #expect(plain.after == "aa" && plain.before == nil)
        #expect(try pullRequest("synchronized", more: #","commit_id":"cc""#).after == "cc")
        let newer = try pullRequest("synchronized", more: #","before":"a0","after":"a1""#)
        #expect(newer.before == "a0" && newer.after == "a1")
        #expect(try pullRequest("opened", more: #","commit_id":"cc""#).after == nil)
    }

    @Test("An edit tells what was there before")
    func edited() throws {
        let title = #","changes":{"title":{"from":"Old"}}"#
        #expect(try pullRequest("edited", more: title).previous == PullRequest.Previous(title: "Old"))
        let body = #","changes":{"body":{"from":""}}"#
        #expect(try pullRequest("edited", more: body).previous == PullRequest.Previous())
        let base = #","changes":{"ref":{"from":"next"}}"#
        #expect(try pullRequest("edited", more: base).previous == PullRequest.Previous(baseRef: "next"))
        #expect(try pullRequest("edited", more: #","changes":{}"#).previous == nil)
        #expect(try pullRequest("edited").previous == nil)
    }

    // MARK: Drafts

    @Test(
        "Without a field the title tells whether it is a draft",
        arguments: [
            ("WIP: T", true), ("wip:T", true), ("[WIP] T", true), ("[wip]T", true), ("Draft: T", true),
            ("DRAFT:T", true), ("[Draft] T", true), ("T", false), ("WIPE: T", false), ("T WIP:", false),
            ("Wip", false), ("", false),
        ]
    )
    func draftByTitle(title: String, isDraft: Bool) throws {
        let members = #","draft":null,"title":"\#(title)""#
        #expect(try pullRequest("opened", pullRequest: members).draft == isDraft)
    }

    @Test("The field wins over the title", arguments: [true, false])
    func draftByField(isDraft: Bool) throws {
        for title in ["T", "WIP: T"] {
            let members = #","draft":\#(isDraft),"title":"\#(title)""#
            #expect(try pullRequest("opened", pullRequest: members).draft == isDraft)
        }
    }

    /// The actions of an edit, and the titles before that they tell.
    private func facets(
        from old: String,
        to new: String,
        draft: String,
        changes: String = "",
        dialect: Gitea.Dialect = .gitea
    ) throws -> [String] {
        let json = GiteaPullRequestTests.json(
            "edited",
            pullRequest: #","title":"\#(new)","draft":\#(draft)"#,
            more: #","changes":{"title":{"from":"\#(old)"}\#(changes)}"#
        )
        let delivery = try Hook(Gitea(dialect)).delivery("pull_request", json)
        #expect(delivery.problem == nil)
        return try delivery.events.map { event in
            let event = try #require(event as? PullRequestEvent)
            #expect((event.pullRequest.previous?.title == old) == (event.action == .edited))
            #expect(event.subject == "pull_request/7")
            return event.action.rawValue
        }
    }

    @Test("A mark that the title got or lost is no edit", arguments: ["null", "field"])
    func toggle(field: String) throws {
        let (isDraft, isReady) = field == "null" ? ("null", "null") : ("true", "false")
        #expect(try facets(from: "T", to: "WIP: T", draft: isDraft) == ["converted_to_draft"])
        #expect(try facets(from: "T", to: "[WIP]T", draft: isDraft) == ["converted_to_draft"])
        #expect(try facets(from: "Draft: T", to: "T", draft: isReady) == ["ready_for_review"])
    }

    @Test("What else was changed is an edit of its own, behind it")
    func toggleAndEdit() throws {
        #expect(try facets(from: "T", to: "WIP: U", draft: "true") == ["converted_to_draft", "edited"])
        #expect(try facets(from: "WIP: T", to: "U", draft: "null") == ["ready_for_review", "edited"])
        let body = #","body":{"from":"x"}"#
        let actions = try facets(from: "WIP: T", to: "T", draft: "false", changes: body)
        #expect(actions == ["ready_for_review", "edited"])
    }

    @Test("A title that says the same of drafts is an edit alone")
    func edit() throws {
        #expect(try facets(from: "T", to: "U", draft: "false") == ["edited"])
        #expect(try facets(from: "WIP: T", to: "Draft: T", draft: "true") == ["edited"])
        #expect(try facets(from: "WIP: T", to: "WIP: U", draft: "null") == ["edited"])
    }

    @Test("A mark that the forge does not take for one is an edit alone")
    func otherPrefixes() throws {
        #expect(try facets(from: "T", to: "Draft: T", draft: "false") == ["edited"])
        #expect(try facets(from: "WIP: T", to: "T", draft: "true") == ["edited"])
        #expect(try facets(from: "T", to: "WIP: T", draft: "null", dialect: .gogs) == ["edited"])
    }
}
