/// Small bodies that GitLab could send, to which a test adds what it is about.
enum GitLabBody {
    static let project = #"""
        "project":{"id":1,"name":"App","web_url":"https://x/acme/app","path_with_namespace":"acme/app",
          "visibility_level":20,"git_http_url":"https://x/acme/app.git"}
        """#

    static let user = #""user":{"id":4,"name":"Ada","username":"ada"}"#

    /// A merge request's body.
    ///
    /// - Parameters:
    ///   - action: The action; nil leaves it out.
    ///   - attributes: More of `object_attributes`, beginning with a comma.
    ///   - changes: The members of `changes`; nil leaves it out.
    ///   - more: More of the body, beginning with a comma.
    /// - Returns: The body.
    static func mergeRequest(
        _ action: String?,
        _ attributes: String = "",
        changes: String? = "",
        more: String = ""
    ) -> String {
        let action = action.map { #","action":"\#($0)""# } ?? ""
        let changes = changes.map { #","changes":{\#($0)}"# } ?? ""
        return #"""
            {"object_kind":"merge_request",\#(user),\#(project),"object_attributes":{"id":42,"iid":7,
              "title":"Add a door","description":"It opens.","author_id":5,"state":"opened","state_id":1,
              "draft":false,"source_branch":"door","target_branch":"main","source_project_id":2,
              "target_project_id":1,"source":{"path_with_namespace":"ben/app"},
              "target":{"path_with_namespace":"acme/app"},"last_commit":{"id":"a1"},
              "created_at":"2026-01-01 00:00:00 UTC","updated_at":"2026-01-02 00:00:00 UTC",
              "url":"https://x/acme/app/-/merge_requests/7"\#(action)\#(attributes)}\#(changes)\#(more)}
            """#
    }

    /// A note's body.
    ///
    /// - Parameters:
    ///   - type: The `noteable_type`.
    ///   - attributes: More of `object_attributes`, beginning with a comma.
    ///   - parent: What the note is on.
    ///   - more: More of the body, beginning with a comma.
    /// - Returns: The body.
    static func note(
        _ type: String,
        _ attributes: String = #","action":"create""#,
        on parent: String,
        more: String = ""
    ) -> String {
        #"""
        {"object_kind":"note",\#(user),\#(project),"object_attributes":{"id":11,"note":"Why?","author_id":4,
          "noteable_type":"\#(type)","discussion_id":"d1","url":"https://x/11","system":false,
          "created_at":"2026-01-01 00:00:00 UTC","updated_at":"2026-01-02 00:00:00 UTC"\#(attributes)},
          \#(parent)\#(more)}
        """#
    }

    /// A pipeline's body.
    static func pipeline(_ status: String, _ attributes: String = "", more: String = "") -> String {
        #"""
        {"object_kind":"pipeline",\#(user),\#(project),"object_attributes":{"id":20,"name":"Tests",
          "ref":"door","tag":false,"sha":"a1","status":"\#(status)",
          "created_at":"2026-01-02 00:00:00 UTC"\#(attributes)}\#(more)}
        """#
    }

    /// A job's body.
    static func job(_ status: String, _ more: String = "") -> String {
        #"""
        {"object_kind":"build",\#(user),\#(project),"ref":"door","sha":"a1","build_id":21,"build_name":"unit",
          "build_status":"\#(status)","build_created_at":"2026-01-02 00:00:00 UTC","pipeline_id":20,
          "commit":{"id":20},"project_name":"Acme / App"\#(more)}
        """#
    }
}
