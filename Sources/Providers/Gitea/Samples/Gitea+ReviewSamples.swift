extension Gitea {
    /// A review that agrees.
    static let reviewApprovedSample = sampleReview("approved", at: "10:30", "Good, with one question.")

    /// A review that wants changes.
    static let reviewRejectedSample = sampleReview(
        "rejected",
        at: "10:15",
        "What if the server is gone for good?"
    )

    private static func sampleReview(_ verdict: String, at time: String, _ content: String) -> Sample {
        Sample(
            "pull_request_\(verdict).reviewed",
            of: "pull_request_\(verdict)",
            #"""
            {
              "action": "reviewed",
              "number": 42,
              "pull_request": \#(samplePullRequest(updatedAt: time)),
              "requested_reviewer": \#(sampleBen),
              "repository": \#(sampleRepository),
              "sender": \#(sampleBen),
              "commit_id": "",
              "review": {"type": "pull_request_review_\#(verdict)", "content": "\#(content)"}
            }
            """#
        )
    }
}
