extension StandardWebhooks {
    /// A deployment that is over.
    static let deploymentFinishedSample = Sample(
        "deployment.finished",
        of: "deployment.finished",
        #"""
        {
          "type": "deployment.finished",
          "timestamp": "2026-03-02T09:14:05.250Z",
          "data": {
            "id": "dep_5fG2kq8T",
            "project": "acme/app",
            "environment": "production",
            "commit": "3c9f1de27a5b48c6d0e1f2a3b4c5d6e7f8091a2b",
            "result": "succeeded",
            "startedAt": "2026-03-02T09:11:40Z"
          }
        }
        """#
    )

    /// A new account.
    static let userCreatedSample = Sample(
        "user.created",
        of: "user.created",
        #"""
        {
          "type": "user.created",
          "timestamp": "2026-03-02T10:00:00Z",
          "data": {
            "id": "usr_9Lx3",
            "name": "Cleo Outside",
            "organization": "acme"
          }
        }
        """#
    )
}
