import Events
import Providers
import Testing

@Suite("GitLab projects and accounts")
struct GitLabRepositoryTests {
    private func event(_ members: String, _ name: String? = "Other Hook") throws -> UnknownEvent {
        let (event, problem) = try unknown(name, "{\(members)}", from: GitLab())
        #expect(problem == nil)
        return event
    }

    @Test(
        "Only what is public is not private",
        arguments: [
            (#""project":{"visibility_level":20}"#, false), (#""project":{"visibility_level":10}"#, true),
            (#""project":{"visibility_level":0}"#, true), (#""project":{"visibility_level":1}"#, true),
            (#""repository":{"visibility_level":20}"#, false), (#""project":{"visibility":"public"}"#, false),
            (#""project":{"visibility":"internal"}"#, true), (#""project_visibility":"private"#, true),
            (#""project_visibility":"visibilitylevel|private"#, true),
            (#""project_visibility":"visibilitylevel|public"#, false),
            (#""project":{"id":1,"visibility_level":null}"#, nil), (#""project":{"id":1}"#, nil),
            (#""object_attributes":{"target":{"visibility_level":20}}"#, false),
        ] as [(String, Bool?)]
    )
    func visibility(members: String, isPrivate: Bool?) throws {
        let members = members.hasSuffix("}") ? members : members + #"""#
        let repository = try #require(try event(members).repository)
        #expect(repository.isPrivate == isPrivate)
    }

    @Test("The project that received the event stands before the target and the old repository")
    func order() throws {
        let repository = try event(
            #"""
            "project":{"id":1,"path_with_namespace":"a/a","visibility_level":20,"web_url":"https://x/a/a"},
            "repository":{"homepage":"https://x/b/b","visibility_level":0},
            "object_attributes":{"target":{"id":2,"path_with_namespace":"c/c"},"target_project_id":3}
            """#
        ).repository
        #expect(repository == Repository(id: "1", fullName: "a/a", isPrivate: false, url: "https://x/a/a"))
    }

    @Test(
        "Old bodies have the id elsewhere",
        arguments: [
            #""project_id":9"#, #""project":{"name":"x"},"project_id":"9""#,
            #""object_attributes":{"target_project_id":9}"#, #""object_attributes":{"project_id":9}"#,
            #""object_attributes":{"target":{"id":9},"target_project_id":8}"#,
        ]
    )
    func ids(members: String) throws {
        #expect(try event(members).repository?.id == "9")
    }

    @Test(
        "System hooks have the full name in the body",
        arguments: [
            #""path_with_namespace":"acme/app""#, #""project_path_with_namespace":"acme/app""#,
            #""project":{"homepage":"https://x/acme/app"}"#, #""repository":{"url":"git@x:acme/app.git"}"#,
        ]
    )
    func names(members: String) throws {
        #expect(try event(members).repository?.fullName == "acme/app")
    }

    @Test(
        "What has no group and project in it is no full name",
        arguments: [
            "https://x", "https://x/", "https://x/app", "app", "/tmp/app.git", "git@x:.git", "git@x:a/.git",
        ]
    )
    func noNames(address: String) throws {
        #expect(try event(#""project_id":1,"repository":{"url":"\#(address)"}"#).repository?.fullName == nil)
    }

    @Test("A body without a project has none")
    func none() throws {
        #expect(try event(#""project":null,"repository":{},"project_id":null"#).repository == nil)
    }

    @Test(
        "Tokens and service accounts are bots",
        arguments: [
            ("project_1_bot", true), ("project_4711_bot_5f0c1", true), ("group_12_bot_1", true),
            ("service_account_group_1_x", true), ("project_bot", false), ("project_x_bot", false),
            ("project_1_robot", false), ("ada", false), ("ghost", false), ("my_project_1_bot", false),
        ]
    )
    func bots(username: String, isBot: Bool) throws {
        let actor = try event(#""user":{"id":4,"username":"\#(username)"}"#).actor
        #expect(actor == User(id: "4", username: username, isBot: isBot))
    }

    @Test("An account without id and name is none", arguments: ["null", "{}", "7", #"{"name":"Ada"}"#])
    func noAccount(user: String) throws {
        #expect(try event(#""user":\#(user)"#).actor == nil)
    }

    @Test("Texts that cannot be kept are told and left out")
    func longTexts() throws {
        let long = String(repeating: "x", count: 256)
        let body = #"""
            {"action":"\#(long)","user":{"id":"\#(long)"},"project":{"id":"\#(long)",
             "path_with_namespace":"\#(long)"}}
            """#
        let (event, problem) = try unknown("Other Hook", body, from: GitLab())
        #expect(event.action == nil && event.repository == nil && event.actor == nil)
        for name in ["action", "user id", "repository id", "repository"] {
            #expect(problem?.contains("the \(name) is longer") == true)
        }
    }
}
