import Events

/// Dispatches that begin with the transaction that makes them, and what the dispatcher has to know of others.
///
/// A dispatch that finds its listener idle costs neither a claim nor a second transaction, and its event is
/// not read back.
struct HandOver {
    private let intake: any DispatchIntake
    private let clock: MachineClock
    private var begun: [(slot: any DispatchSlot, dispatch: ClaimedDispatch)] = []
    private var listenersWithReady: Set<String> = []

    /// Prepares to hand over to an intake, by a clock that says when attempts begin.
    init(to intake: any DispatchIntake, clock: MachineClock) {
        self.intake = intake
        self.clock = clock
    }

    /// Takes a slot of the listener's for a dispatch that is about to be written as running.
    ///
    /// - Returns: When its attempt begins; nil if the listener has no slot for it.
    mutating func begin(_ dispatch: @autoclosure () -> ClaimedDispatch, of listener: String) -> Timestamp? {
        guard let slot = intake.reserve(listener: listener) else { return nil }
        let now = clock.now()
        var dispatch = dispatch()
        dispatch.startedAt = now
        begun.append((slot, dispatch))
        return now
    }

    /// A dispatch of this listener was written as ready.
    mutating func noteReady(_ listener: String) { listenersWithReady.insert(listener) }

    /// The transaction is committed: attempts begin.
    mutating func committed() {
        for (slot, dispatch) in begun { slot.begin(dispatch) }
        if !listenersWithReady.isEmpty { intake.committed(listeners: listenersWithReady) }
        clear()
    }

    /// The transaction was not committed: nothing begins.
    mutating func failed() {
        for (slot, _) in begun { slot.cancel() }
        clear()
    }

    private mutating func clear() {
        begun.removeAll(keepingCapacity: true)
        listenersWithReady.removeAll(keepingCapacity: true)
    }
}

/// Takes nothing: as long as there is no dispatcher, everything waits for a claim.
struct NoIntake: DispatchIntake {
    func reserve(listener: String) -> (any DispatchSlot)? { nil }
    func committed(listeners: Set<String>) {}
}
