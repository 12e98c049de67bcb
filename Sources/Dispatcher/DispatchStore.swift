package import Events

/// What the dispatcher needs of the outbox.
package protocol DispatchStore: Sendable {
    /// Marks dispatches of a listener as running and counts their attempts, before they run.
    ///
    /// Never two of a lane; round robin over the repositories.
    ///
    /// - Throws: An error if that cannot be committed; then nothing was claimed.
    func claim(listener: String, limit: Int, now: Timestamp) async throws -> Claim

    /// Records an attempt and moves its dispatch on.
    ///
    /// - Throws: An error if that cannot be committed; then the dispatch is still running.
    func finish(_ record: AttemptRecord) async throws

    /// Keeps that a listener is paused, over restarts, too.
    ///
    /// - Throws: An error if that cannot be committed.
    func pause(listener: String, _ pause: ListenerPause) async throws

    /// Keeps that a listener is not paused any more.
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
