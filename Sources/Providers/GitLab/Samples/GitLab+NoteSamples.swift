extension GitLab {
    private static func sampleNote(
        _ type: String = "note",
        by user: String,
        _ attributes: String,
        on parent: String
    ) -> String {
        #"""
        {
          "object_kind": "note",
          "event_type": "\#(type)",
          "user": \#(user),
          "project_id": 75001,
          "project": \#(sampleProject),
          "object_attributes": {
            "attachment": null,
            "change_position": null,
            "created_at": "2026-03-02 09:48:00 UTC",
            "project_id": 75001,
            "resolved_at": null,
            "resolved_by_id": null,
            "system": false,
            \#(attributes)
          },
          "repository": \#(sampleRepository),
          \#(parent)
        }
        """#
    }

    private static let sampleNoteParent = #"""
        "merge_request": {
            "id": 30000042,
            "iid": 42,
            "title": "Fix a typo",
            "author_id": 4100001,
            "source_branch": "typo",
            "source_project_id": 75002,
            "target_branch": "main",
            "target_project_id": 75001,
            "state": "opened",
            "url": "https://gitlab.example/acme/app/-/merge_requests/42",
            "last_commit": \#(sampleCommit)
          }
        """#

    private static let sampleIssue = #"""
        "issue": {
            "id": 20000017,
            "iid": 17,
            "title": "The door sticks",
            "author_id": 4100001,
            "confidential": false,
            "state": "opened",
            "url": "https://gitlab.example/acme/app/-/issues/17"
          }
        """#

    static let noteMergeRequestSample = Sample(
        "note.merge_request",
        of: "Note Hook",
        sampleNote(
            by: sampleBen,
            #"""
            "action": "create",
            "author_id": 4100002,
            "id": 61000001,
            "note": "Why not `the`?",
            "noteable_id": 30000042,
            "noteable_type": "MergeRequest",
            "type": "DiffNote",
            "discussion_id": "5e9b1c6f0a7d4e2b8c3f6a1d9e0b7c4f2a5d8e13",
            "line_code": "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c_12_12",
            "position": {
              "base_sha": "9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d",
              "start_sha": "9a8b7c6d5e4f30211203f4e5d6c7b8a99a8b7c6d",
              "head_sha": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
              "old_path": "README.md",
              "new_path": "README.md",
              "position_type": "text",
              "old_line": null,
              "new_line": 12
            },
            "updated_at": "2026-03-02 09:48:00 UTC",
            "internal": false,
            "url": "https://gitlab.example/acme/app/-/merge_requests/42#note_61000001"
            """#,
            on: sampleNoteParent
        )
    )

    static let noteIssueSample = Sample(
        "note.issue",
        of: "Note Hook",
        sampleNote(
            by: sampleAda,
            #"""
            "action": "update",
            "author_id": 4100001,
            "id": 61000002,
            "note": "It still sticks in winter.",
            "noteable_id": 20000017,
            "noteable_type": "Issue",
            "type": null,
            "discussion_id": "a1d9e0b7c4f2a5d8e135e9b1c6f0a7d4e2b8c3f6",
            "updated_at": "2026-03-02 09:52:40 UTC",
            "internal": false,
            "url": "https://gitlab.example/acme/app/-/issues/17#note_61000002"
            """#,
            on: sampleIssue
        )
    )

    static let noteConfidentialSample = Sample(
        "note.confidential",
        of: "Confidential Note Hook",
        sampleNote(
            "confidential_note",
            by: sampleBen,
            #"""
            "action": "create",
            "author_id": 4100002,
            "id": 61000003,
            "note": "A customer said so.",
            "noteable_id": 20000017,
            "noteable_type": "Issue",
            "type": null,
            "discussion_id": "c4f2a5d8e135e9b1c6f0a7d4e2b8c3f6a1d9e0b7",
            "updated_at": "2026-03-02 09:48:00 UTC",
            "internal": true,
            "url": "https://gitlab.example/acme/app/-/issues/17#note_61000003"
            """#,
            on: sampleIssue
        )
    )

    static let noteCommitSample = Sample(
        "note.commit",
        of: "Note Hook",
        sampleNote(
            by: sampleBen,
            #"""
            "action": "create",
            "author_id": 4100002,
            "id": 61000004,
            "note": "Thank you",
            "noteable_id": null,
            "noteable_type": "Commit",
            "commit_id": "2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd",
            "type": null,
            "discussion_id": "8e135e9b1c6f0a7d4e2b8c3f6a1d9e0b7c4f2a5d",
            "updated_at": "2026-03-02 09:48:00 UTC",
            "url": "https://gitlab.example/acme/app/-/commit/2b7d9e11a0c4f6837de5b9124c80aa55ee3377dd#note_4"
            """#,
            on: #""commit": \#(sampleCommit)"#
        )
    )

    static let noteSnippetSample = Sample(
        "note.snippet",
        of: "Note Hook",
        sampleNote(
            by: sampleAda,
            #"""
            "action": "create",
            "author_id": 4100001,
            "id": 61000005,
            "note": "Handy",
            "noteable_id": 5301,
            "noteable_type": "Snippet",
            "type": null,
            "discussion_id": "0b7c4f2a5d8e135e9b1c6f0a7d4e2b8c3f6a1d9e",
            "updated_at": "2026-03-02 09:48:00 UTC",
            "url": "https://gitlab.example/acme/app/-/snippets/5301#note_61000005"
            """#,
            on:
                #""snippet": {"id": 5301, "title": "Open all doors", "author_id": 4100001}"#
        )
    )
}
