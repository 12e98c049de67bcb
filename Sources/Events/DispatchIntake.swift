/// Who can take new dispatches without a claim; the dispatcher in the daemon.
package protocol DispatchIntake: Sendable {
    /// Takes a slot for a dispatch that is about to be committed as running.
    ///
    /// Called on the writer's thread, within a transaction: must not block.
    ///
    /// - Parameter listener: The listener's name.
    /// - Returns: The slot; nil if the dispatch has to wait for a claim.
    func reserve(listener: String) -> (any DispatchSlot)?

    /// Dispatches of these listeners were committed as ready, and nobody has reserved a slot for them.
    func committed(listeners: Set<String>)
}

/// A slot that was reserved; exactly one of the two is called, once, from any thread.
package protocol DispatchSlot: Sendable {
    /// The dispatch is committed as running: its attempt begins.
    func begin(_ dispatch: ClaimedDispatch)

    /// The dispatch was not committed.
    func cancel()
}
