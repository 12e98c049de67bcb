extension StandardWebhooks {
    /// Some of what services tell.
    package var samples: [Sample] {
        [
            Self.deploymentFinishedSample,
            Self.userCreatedSample,
        ]
    }
}
