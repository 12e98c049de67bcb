/// Deliveries without a neutral event.
extension GitLab {
    /// An issue.
    static let issueOpenSample = Sample(
        "issue.open",
        of: "Issue Hook",
        #"""
        {
          "object_kind": "issue",
          "event_type": "issue",
          "user": \#(sampleAda),
          "project": \#(sampleProject),
          "object_attributes": {
            "id": 20000017,
            "iid": 17,
            "title": "The door sticks",
            "description": "In winter",
            "author_id": 4100001,
            "state": "opened",
            "confidential": false,
            "created_at": "2026-03-01 15:00:00 UTC",
            "updated_at": "2026-03-01 15:00:00 UTC",
            "url": "https://gitlab.example/acme/app/-/issues/17",
            "action": "open"
          },
          "labels": [],
          "repository": \#(sampleRepository)
        }
        """#
    )

    /// A new project, of which only administrators' hooks tell.
    static let projectCreateSample = Sample(
        "project_create",
        of: "System Hook",
        #"""
        {
          "event_name": "project_create",
          "created_at": "2026-03-01T15:00:00Z",
          "updated_at": "2026-03-01T15:00:00Z",
          "name": "App",
          "path_with_namespace": "acme/app",
          "project_id": 75001,
          "owner_name": "Acme",
          "project_visibility": "private"
        }
        """#
    )

    /// A release.
    static let releaseCreateSample = Sample(
        "release.create",
        of: "Release Hook",
        #"""
        {
          "id": 4401,
          "object_kind": "release",
          "action": "create",
          "name": "1.4.0",
          "tag": "v1.4.0",
          "description": "Doors no longer stick.",
          "created_at": "2026-03-02 10:10:00 UTC",
          "project": \#(sampleProject),
          "url": "https://gitlab.example/acme/app/-/releases/v1.4.0",
          "commit": \#(sampleCommit)
        }
        """#
    )
}
