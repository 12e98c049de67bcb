import Events
import Providers
import Testing

@Suite("GitLab deliveries without a neutral event")
struct GitLabUnknownTests {
    @Test(
        "They are one unknown event, with the body's own action",
        arguments: [
            (#"{"object_kind":"deployment","status":"success"}"#, nil),
            (#"{"object_kind":"release","action":"create"}"#, "create"),
            (#"{"object_kind":"wiki_page","object_attributes":{"action":"update"}}"#, "update"),
            (#"{"object_kind":"emoji","object_attributes":{"action":"award"}}"#, "award"),
            (#"{"event_name":"user_create","user_id":4}"#, nil),
            (#"{"event_name":"project_create","path_with_namespace":"acme/app"}"#, nil),
            (#"{"object_kind":"hologram","action":"projected"}"#, "projected"), ("{}", nil),
            (#"{"text":"a custom template","action":7}"#, nil),
        ] as [(String, String?)]
    )
    func unknown(json: String, action: String?) throws {
        let (event, problem) = try ProvidersTests.unknown("Some Hook", json, from: GitLab())
        #expect(event.action == action)
        #expect(problem == nil)
    }

    @Test(
        "Issues keep their order, and so does what hangs on an issue or a merge request",
        arguments: [
            (#"{"object_kind":"issue","object_attributes":{"iid":8}}"#, "issue/8"),
            (#"{"object_kind":"work_item","object_attributes":{"iid":8,"type":"Task"}}"#, "issue/8"),
            (#"{"object_kind":"work_item","object_attributes":{"iid":8,"type":"Epic"}}"#, nil),
            (#"{"object_attributes":{"iid":8}}"#, "issue/8"),
            (#"{"object_kind":"emoji","issue":{"iid":8}}"#, "issue/8"),
            (#"{"object_kind":"emoji","merge_request":{"iid":7}}"#, "pull_request/7"),
            (#"{"object_kind":"milestone","object_attributes":{"iid":3}}"#, nil),
        ] as [(String, String?)]
    )
    func subject(json: String, subject: String?) throws {
        #expect(try ProvidersTests.unknown("Issue Hook", json, from: GitLab()).event.subject == subject)
    }

    @Test("They have their project, actor and time")
    func fields() throws {
        let body = #"""
            {"object_kind":"issue",\#(GitLabBody.user),\#(GitLabBody.project),"object_attributes":{"iid":8,
             "action":"open","created_at":"2026-01-01 00:00:00 UTC","updated_at":"2026-01-02T00:00:00.000Z"}}
            """#
        let (event, problem) = try ProvidersTests.unknown("Issue Hook", body, from: GitLab())
        #expect(problem == nil)
        #expect(event.action == "open")
        #expect(event.repository?.fullName == "acme/app")
        #expect(event.repository?.isPrivate == false)
        #expect(event.actor == User(id: "4", username: "ada"))
        #expect(event.occurredAt == (try time("2026-01-02T00:00:00Z")))
    }

    @Test("A confidential issue is private, whatever the project is")
    func confidential() throws {
        for attribute in [#""confidential":true"#, #""iid":8},"event_type":"confidential_issue","x":{"y":1"#]
        {
            let body = #"{"object_kind":"issue",\#(GitLabBody.project),"object_attributes":{\#(attribute)}}"#
            let event = try ProvidersTests.unknown("Issue Hook", body, from: GitLab()).event
            #expect(event.repository?.isPrivate == true)
        }
    }

    @Test("A member's account is not who added it")
    func members() throws {
        let body = #"{"event_name":"user_add_to_team","user_id":4,"user_username":"ada","project_id":1}"#
        #expect(try ProvidersTests.unknown("System Hook", body, from: GitLab()).event.actor == nil)
    }
}
