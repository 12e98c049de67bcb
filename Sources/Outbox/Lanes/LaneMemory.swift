import Events

/// What the writer knows of lanes without asking the file for each dispatch.
///
/// All of it follows from the rows, and what is not known is asked. Nobody else changes dispatches while the
/// outbox is open, so it stays true if every change either tells it or has it forgotten.
struct LaneMemory {
    /// Lanes that are known at most; beyond, all are forgotten.
    static let lanesMax = 4096

    /// A lane of a listener.
    struct Lane: Hashable {
        let listener: String
        let name: String
    }

    /// How a lane stands.
    enum State {
        /// No dispatch of it is open.
        case empty
        /// One is ready or runs, and no other is open.
        case taken
        /// One is ready or runs, and others may be open.
        case shared
    }

    /// A dispatch that runs.
    struct Running: Hashable {
        let event: Int64
        let listener: String
    }

    /// What a listener's dispatches wait for.
    struct Waiting {
        var isAnyReady: Bool
        var nextWake: Int64?
    }

    private(set) var states: [Lane: State] = [:]
    /// The lanes of those that run, at most as many as there are slots; nil for one that is its own lane.
    private(set) var running: [Running: String?] = [:]
    /// Of the listeners that have claimed something lately.
    private(set) var waiting: [String: Waiting] = [:]

    /// Forgets everything.
    mutating func forgetAll() { self = LaneMemory() }
}

// MARK: Lanes

extension LaneMemory {
    /// What is known of a lane; nil if nothing is.
    func state(of lane: Lane) -> State? { states[lane] }

    /// What is known of a lane from now on.
    mutating func set(_ lane: Lane, _ state: State) {
        if states.count >= Self.lanesMax, states[lane] == nil { states.removeAll(keepingCapacity: true) }
        states[lane] = state
    }

    /// Nothing is known of a lane any more.
    mutating func forget(_ lane: Lane) { states[lane] = nil }

    /// The one that had the lane is finished.
    ///
    /// - Returns: Whether another may be open, which has to be looked for.
    mutating func release(_ lane: Lane) -> Bool {
        guard states[lane] == .taken else {
            states[lane] = nil
            return true
        }
        states[lane] = .empty
        return false
    }
}

// MARK: Running dispatches

extension LaneMemory {
    /// A dispatch runs from now on; its lane is nil if it is one of its own.
    mutating func begin(event: Int64, listener: String, lane: String?) {
        running.updateValue(lane, forKey: Running(event: event, listener: listener))
    }

    /// The lane of a dispatch that runs, nil within if it is one of its own; nil if that is not known.
    func lane(ofRunning event: Int64, listener: String) -> String?? {
        running[Running(event: event, listener: listener)]
    }

    /// A dispatch has run.
    mutating func end(event: Int64, listener: String) {
        running[Running(event: event, listener: listener)] = nil
    }
}

// MARK: Listeners

extension LaneMemory {
    /// Whether a listener may have dispatches that are ready.
    func mayHaveReady(_ listener: String) -> Bool { waiting[listener]?.isAnyReady ?? true }

    /// When a listener's next dispatch is to be woken, nil within if none waits; nil if that is not known.
    func nextWake(of listener: String) -> Int64?? { waiting[listener].map(\.nextWake) }

    /// What a claim left of a listener.
    mutating func noteClaim(of listener: String, isAnyReady: Bool, nextWake: Int64?) {
        waiting[listener] = Waiting(isAnyReady: isAnyReady, nextWake: nextWake)
    }

    /// A dispatch of a listener has become ready.
    mutating func noteReady(_ listener: String) { waiting[listener]?.isAnyReady = true }

    /// When a listener's dispatches are to be woken has changed.
    mutating func noteWait(_ listener: String) { waiting[listener] = nil }
}
