/// How far a check or a suite of checks has come.
public struct BuildStatus: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It has not begun.
    public static let pending = Self(rawValue: "pending")
    /// It runs.
    public static let running = Self(rawValue: "running")
    /// It is over; the conclusion says how.
    public static let completed = Self(rawValue: "completed")

    /// The three statuses of the model.
    public static let known: [Self] = [pending, running, completed]
}

/// How a check or a suite of checks ended.
public struct BuildConclusion: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// It passed.
    public static let success = Self(rawValue: "success")
    /// It failed.
    public static let failure = Self(rawValue: "failure")
    /// Somebody stopped it.
    public static let cancelled = Self(rawValue: "cancelled")
    /// It did not have to run.
    public static let skipped = Self(rawValue: "skipped")
    /// It took too long.
    public static let timedOut = Self(rawValue: "timed_out")
    /// It neither passed nor failed.
    public static let neutral = Self(rawValue: "neutral")
    /// A person has to do something.
    public static let actionRequired = Self(rawValue: "action_required")
    /// The provider's word, in `rawConclusion`, is none of these.
    public static let unknown = Self(rawValue: "unknown")

    /// The eight conclusions of the model.
    public static let known: [Self] = [
        success, failure, cancelled, skipped, timedOut, neutral, actionRequired, unknown,
    ]
}
