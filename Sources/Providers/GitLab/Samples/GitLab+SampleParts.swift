/// What the samples share: people, a project and merge request 42 of it, none of which exist.
extension GitLab {
    /// Who opened the merge request.
    static let sampleAda = #"{"id": 4100001, "name": "Ada Acme", "username": "ada-acme", "avatar_url": null}"#

    /// Who reviews it.
    static let sampleBen = #"{"id": 4100002, "name": "Ben Acme", "username": "ben-acme", "avatar_url": null}"#

    /// The project that receives the events.
    static let sampleProject = #"""
        {
          "id": 75001,
          "name": "App",
          "description": "The application",
          "web_url": "https://gitlab.example/acme/app",
          "git_http_url": "https://gitlab.example/acme/app.git",
          "namespace": "Acme",
          "visibility_level": 20,
          "path_with_namespace": "acme/app",
          "default_branch": "main"
        }
        """#

    /// A fork of it.
    static let sampleFork = #"""
        {
          "id": 75002,
          "name": "App",
          "web_url": "https://gitlab.example/cleo/app",
          "git_http_url": "https://gitlab.example/cleo/app.git",
          "namespace": "Cleo",
          "visibility_level": 20,
          "path_with_namespace": "cleo/app",
          "default_branch": "main"
        }
        """#

    /// What older fields say of the project.
    static let sampleRepository = #"""
        {
          "name": "App",
          "url": "git@gitlab.example:acme/app.git",
          "description": "The application",
          "homepage": "https://gitlab.example/acme/app"
        }
        """#

    /// The commit of `main` that the merge request is based on.
    static let sampleBaseHash = "9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d"

    /// The last commit of the merge request.
    static let sampleHeadHash = "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd"

    /// The commit that merges it.
    static let sampleMergeHash = "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b"

    /// What stands before a ref was created and after it was deleted.
    static let sampleNoHash = String(repeating: "0", count: 40)

    /// The last commit of the merge request.
    static let sampleCommit = #"""
        {
          "id": "\#(sampleHeadHash)",
          "message": "Fix a typo\n",
          "title": "Fix a typo",
          "timestamp": "2026-03-02T09:19:50+00:00",
          "url": "https://gitlab.example/acme/app/-/commit/\#(sampleHeadHash)",
          "author": {"name": "Ada Acme", "email": "[REDACTED]"}
        }
        """#

    /// A label of the project.
    static let sampleLabel = ##"{"id": 9001, "title": "bug", "color": "#d9534f", "type": "ProjectLabel"}"##

    /// The merge request, as deliveries about other things have it.
    static let sampleMergeRequestMember = #"""
        {
          "id": 30000042,
          "iid": 42,
          "title": "Fix a typo",
          "source_branch": "typo",
          "source_project_id": 75002,
          "target_branch": "main",
          "target_project_id": 75001,
          "state": "opened",
          "url": "https://gitlab.example/acme/app/-/merge_requests/42"
        }
        """#

    /// A time of the day on which all of it happens, as a value; null for none.
    static func sampleTime(_ time: String?) -> String {
        time.map { #""2026-03-02 \#($0) UTC""# } ?? "null"
    }
}
