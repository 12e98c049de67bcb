package import Events

/// What the dispatcher needs of the outbox.
package protocol DispatchStore: Sendable {
    /// Records attempts that have ended and moves their dispatches on, then claims others: marks them as
    /// running and counts their attempts, before they run. All of it in one transaction.
    ///
    /// Never two of a lane are claimed; round robin over the repositories.
    ///
    /// - Parameters:
    ///   - records: The attempts, all of this listener.
    ///   - listener: The listener's name.
    ///   - limit: The dispatches to claim, at most; with 0 the claim only says what is left.
    /// - Returns: What was claimed, and what is left then.
    /// - Throws: An error if that cannot be committed; then nothing was recorded or claimed.
    func settle(
        _ records: [AttemptRecord],
        listener: String,
        claimingUpTo limit: Int
    ) async throws -> Claim

    /// Keeps that a listener is paused, over restarts, too.
    ///
    /// - Throws: An error if that cannot be committed.
    func pause(listener: String, _ pause: ListenerPause) async throws

    /// Keeps until when a listener gets no work, over restarts, too.
    ///
    /// - Throws: An error if that cannot be committed.
    func hold(listener: String, until time: Timestamp) async throws

    /// Keeps that a listener is not paused any more, nor held where anyone's pause may be ended.
    ///
    /// - Parameters:
    ///   - listener: Its name.
    ///   - origin: Whose pause alone may be ended; nil for anyone's.
    /// - Throws: An error if that cannot be committed.
    func resume(listener: String, pausedBy origin: PauseOrigin?) async throws

    /// The exact bytes of a delivery.
    ///
    /// - Throws: An error if they cannot be read.
    func payload(ofDelivery id: Int64) async throws -> [UInt8]
}
