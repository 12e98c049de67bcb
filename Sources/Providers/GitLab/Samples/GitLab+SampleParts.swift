/// What the samples share: people and a project that do not exist.
extension GitLab {
    /// Who opened the merge request of the samples.
    static let sampleAda = #"""
        {
            "id": 4100001,
            "name": "Ada Acme",
            "username": "ada-acme",
            "avatar_url": "https://gitlab.example/uploads/-/system/user/avatar/4100001/avatar.png",
            "email": "[REDACTED]"
          }
        """#

    /// Who reviews it.
    static let sampleBen = #"""
        {
            "id": 4100002,
            "name": "Ben Acme",
            "username": "ben-acme",
            "avatar_url": "https://gitlab.example/uploads/-/system/user/avatar/4100002/avatar.png",
            "email": "[REDACTED]"
          }
        """#

    /// A project access token's account.
    static let sampleBot = #"""
        {
            "id": 4100003,
            "name": "Release",
            "username": "project_75001_bot_5f0c",
            "avatar_url": null,
            "email": "[REDACTED]"
          }
        """#

    /// The project that receives the events.
    static let sampleProject = #"""
        {
            "id": 75001,
            "name": "App",
            "description": "The application",
            "web_url": "https://gitlab.example/acme/app",
            "avatar_url": null,
            "git_ssh_url": "git@gitlab.example:acme/app.git",
            "git_http_url": "https://gitlab.example/acme/app.git",
            "namespace": "Acme",
            "visibility_level": 20,
            "path_with_namespace": "acme/app",
            "default_branch": "main",
            "ci_config_path": "",
            "homepage": "https://gitlab.example/acme/app",
            "url": "git@gitlab.example:acme/app.git",
            "ssh_url": "git@gitlab.example:acme/app.git",
            "http_url": "https://gitlab.example/acme/app.git"
          }
        """#

    /// A fork of it.
    static let sampleFork = #"""
        {
            "id": 75002,
            "name": "App",
            "web_url": "https://gitlab.example/cleo/app",
            "git_ssh_url": "git@gitlab.example:cleo/app.git",
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
            "homepage": "https://gitlab.example/acme/app",
            "git_http_url": "https://gitlab.example/acme/app.git",
            "git_ssh_url": "git@gitlab.example:acme/app.git",
            "visibility_level": 20
          }
        """#

    /// The head of the merge request.
    static let sampleCommit = #"""
        {
            "id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "message": "Fix a typo\n",
            "title": "Fix a typo",
            "timestamp": "2026-03-02T09:19:50+00:00",
            "url": "https://gitlab.example/acme/app/-/commit/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "author": {
              "name": "Ada Acme",
              "email": "[REDACTED]"
            }
          }
        """#

    /// A label of the project.
    static let sampleLabel = #"""
        {
            "id": 9001,
            "title": "bug",
            "color": "#d9534f",
            "project_id": 75001,
            "created_at": "2025-01-07 08:00:00 UTC",
            "updated_at": "2025-01-07 08:00:00 UTC",
            "template": false,
            "description": "It does not work",
            "type": "ProjectLabel",
            "group_id": null
          }
        """#

    /// A delivery about the merge request of the samples.
    ///
    /// - Parameters:
    ///   - user: Who did it.
    ///   - state: The state's number and word.
    ///   - attributes: More of `object_attributes`, ending with a comma.
    ///   - changes: The members of `changes`.
    ///   - more: More of the body, beginning with a comma.
    /// - Returns: The body.
    static func sampleMergeRequest(
        by user: String,
        state: (id: Int, word: String) = (1, "opened"),
        attributes: String,
        changes: String,
        more: String = ""
    ) -> String {
        #"""
        {
          "object_kind": "merge_request",
          "event_type": "merge_request",
          "user": \#(user),
          "project": \#(sampleProject),
          "object_attributes": {
            "id": 30000042,
            "iid": 42,
            "title": "Fix a typo",
            "description": "It read `teh`.",
            "author_id": 4100001,
            "assignee_ids": [4100001],
            "reviewer_ids": [4100002],
            "source_branch": "typo",
            "source_project_id": 75002,
            "target_branch": "main",
            "target_project_id": 75001,
            "state_id": \#(state.id),
            "state": "\#(state.word)",
            "draft": false,
            "work_in_progress": false,
            "milestone_id": null,
            "merge_status": "can_be_merged",
            "detailed_merge_status": "mergeable",
            "merge_when_pipeline_succeeds": false,
            "head_pipeline_id": 880012,
            "created_at": "2026-03-02 09:20:05 UTC",
            \#(attributes)
            "url": "https://gitlab.example/acme/app/-/merge_requests/42",
            "source": \#(sampleFork),
            "target": \#(sampleProject),
            "last_commit": \#(sampleCommit),
            "labels": [\#(sampleLabel)]
          },
          "labels": [\#(sampleLabel)],
          "changes": {\#(changes)},
          "repository": \#(sampleRepository),
          "assignees": [\#(sampleAda)],
          "reviewers": [\#(sampleBen)]\#(more)
        }
        """#
    }
}
