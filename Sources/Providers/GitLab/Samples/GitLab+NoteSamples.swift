extension GitLab {
    /// A comment on a line of a merge request.
    static let noteMergeRequestSample = sampleNote(
        "note.merge_request",
        by: sampleBen,
        #"""
        "action": "create", "id": 61000001, "author_id": 4100002,
        "note": "Why not `the`?",
        "noteable_type": "MergeRequest",
        "type": "DiffNote",
        "discussion_id": "5e9b1c6f0a7d4e2b8c3f6a1d9e0b7c4f2a5d8e13",
        "position": {"head_sha": "\#(sampleHeadHash)", "new_path": "README.md", "new_line": 12},
        "url": "https://gitlab.example/acme/app/-/merge_requests/42#note_61000001"
        """#,
        on: #""merge_request": \#(sampleMergeRequestMember)"#
    )

    /// A comment on an issue that was edited.
    static let noteIssueSample = sampleNote(
        "note.issue",
        by: sampleAda,
        at: "09:52:40",
        #"""
        "action": "update", "id": 61000002, "author_id": 4100001,
        "note": "It still sticks in winter.",
        "noteable_type": "Issue",
        "discussion_id": "a1d9e0b7c4f2a5d8e135e9b1c6f0a7d4e2b8c3f6",
        "url": "https://gitlab.example/acme/app/-/issues/17#note_61000002"
        """#,
        on: #""issue": \#(sampleIssue)"#
    )

    /// A comment that not everybody may read.
    static let noteConfidentialSample = sampleNote(
        "note.confidential",
        of: "Confidential Note Hook",
        type: "confidential_note",
        by: sampleBen,
        #"""
        "action": "create", "id": 61000003, "author_id": 4100002,
        "note": "A customer said so.",
        "noteable_type": "Issue",
        "discussion_id": "c4f2a5d8e135e9b1c6f0a7d4e2b8c3f6a1d9e0b7",
        "internal": true,
        "url": "https://gitlab.example/acme/app/-/issues/17#note_61000003"
        """#,
        on: #""issue": \#(sampleIssue)"#
    )

    /// A comment on a commit.
    static let noteCommitSample = sampleNote(
        "note.commit",
        by: sampleBen,
        #"""
        "action": "create", "id": 61000004, "author_id": 4100002,
        "note": "Thank you",
        "noteable_type": "Commit",
        "commit_id": "\#(sampleHeadHash)",
        "discussion_id": "8e135e9b1c6f0a7d4e2b8c3f6a1d9e0b7c4f2a5d",
        "url": "https://gitlab.example/acme/app/-/commit/\#(sampleHeadHash)#note_4"
        """#,
        on: #""commit": \#(sampleCommit)"#
    )

    /// A comment on a snippet.
    static let noteSnippetSample = sampleNote(
        "note.snippet",
        by: sampleAda,
        #"""
        "action": "create", "id": 61000005, "author_id": 4100001,
        "note": "Handy",
        "noteable_type": "Snippet",
        "discussion_id": "0b7c4f2a5d8e135e9b1c6f0a7d4e2b8c3f6a1d9e",
        "url": "https://gitlab.example/acme/app/-/snippets/5301#note_61000005"
        """#,
        on: #""snippet": {"id": 5301, "title": "Open all doors", "author_id": 4100001}"#
    )

    private static let sampleIssue = #"""
        {
          "id": 20000017,
          "iid": 17,
          "title": "The door sticks",
          "author_id": 4100001,
          "confidential": false,
          "state": "opened",
          "url": "https://gitlab.example/acme/app/-/issues/17"
        }
        """#

    private static func sampleNote(
        _ name: String,
        of event: String = "Note Hook",
        type: String = "note",
        by user: String,
        at time: String = "09:48:00",
        _ members: String,
        on parent: String
    ) -> Sample {
        Sample(
            name,
            of: event,
            #"""
            {
              "object_kind": "note",
              "event_type": "\#(type)",
              "user": \#(user),
              "project_id": 75001,
              "project": \#(sampleProject),
              "object_attributes": {
                \#(members),
                "system": false,
                "created_at": \#(sampleTime("09:48:00")),
                "updated_at": \#(sampleTime(time))
              },
              "repository": \#(sampleRepository),
              \#(parent)
            }
            """#
        )
    }
}
