extension BitbucketDataCenter {
    /// Two commits on a branch.
    static let refsChangedSample = Sample(
        "repo.refs_changed",
        of: "repo:refs_changed",
        #"""
        {
          "eventKey": "repo:refs_changed", "date": "2026-03-02T10:00:00+0000",
          "actor": \#(sampleAda),
          "repository": \#(sampleRepository),
          "changes": [
            {
              "ref": {"id": "refs/heads/main", "displayId": "main", "type": "BRANCH"},
              "refId": "refs/heads/main", "fromHash": "\#(sampleBaseCommit)",
              "toHash": "\#(sampleMergeCommit)", "type": "UPDATE"
            }
          ],
          "commits": [
            \#(mergeCommit),
            {
              "id": "\#(sampleSecondCommit)", "displayId": "2b7d9e11a0c", "message": "Retry uploads",
              "author": {"name": "cleo", "emailAddress": "cleo@acme.example"},
              "authorTimestamp": 1772442600000,
              "committer": {"name": "cleo", "emailAddress": "cleo@acme.example"},
              "committerTimestamp": 1772442600000,
              "parents": [{"id": "\#(sampleBaseCommit)", "displayId": "b05e5ad0c1d"}]
            }
          ],
          "toCommit": \#(mergeCommit)
        }
        """#
    )

    /// A new tag.
    static let refsChangedTagSample = Sample(
        "repo.refs_changed.tag",
        of: "repo:refs_changed",
        #"""
        {
          "eventKey": "repo:refs_changed", "date": "2026-03-02T11:00:00+0000",
          "actor": \#(sampleAda),
          "repository": \#(sampleRepository),
          "changes": [
            {
              "ref": {"id": "refs/tags/v1.4.0", "displayId": "v1.4.0", "type": "TAG"},
              "refId": "refs/tags/v1.4.0", "fromHash": "0000000000000000000000000000000000000000",
              "toHash": "9a8b7c6d5e4f30211203f4e5d6c7b8a990817263", "type": "ADD"
            }
          ],
          "commits": [],
          "toCommit": \#(mergeCommit)
        }
        """#
    )

    private static let mergeCommit = #"""
        {
          "id": "\#(sampleMergeCommit)", "displayId": "3c9f1de27a5", "message": "Retry uploads that time out",
          "author": {"name": "ada", "emailAddress": "ada@acme.example"}, "authorTimestamp": 1772445600000,
          "committer": {"name": "ada", "emailAddress": "ada@acme.example"},
          "committerTimestamp": 1772445600000,
          "parents": [{"id": "\#(sampleSecondCommit)", "displayId": "2b7d9e11a0c"}]
        }
        """#
}
