/// When a step is taken that moves the write-ahead log into the file: a pure function of what was committed.
struct CheckpointPlan {
    /// Pages in the log from which on a step is taken, counted from the beginning of the last one.
    static let stepPages = 256

    /// Pages in the log from which on a step is taken before the next transaction.
    ///
    /// With pages of 8 KiB that is 6 MiB. The largest delivery adds 25 MiB of payload and 32 MiB of events,
    /// and the log stays under 64.
    static let logPagesMax = 768

    /// Pages that such a step has to copy: where readers keep the log from being started anew, not every
    /// transaction has to wait for one.
    static let lastStepPagesMin = 32

    /// Pages in the log from which on it is told that a reader holds it back, if it has outlived a step that
    /// should have let it be started anew: 64 MiB.
    static let heldPagesMin = (64 << 20) / Schema.pageSizeBytes

    /// The bytes that a page takes in the log, with the header of its frame.
    static let pageBytes = Schema.pageSizeBytes + 24

    /// What the log holds, as the last commit has told.
    private(set) var pages = 0
    /// Whether it is long because a reader keeps it from being started anew.
    private(set) var isHeldBack = false
    /// What it held when the last step was begun; that one has copied at least as much, if it did not fail.
    private var pagesTaken = 0
    /// Whether the last transaction has added to the log.
    private var hasNewPages = false
    /// Whether a step was under way when the last transaction began.
    private var isStepUnderWay = false

    /// What to do between two transactions.
    enum Step {
        case none
        /// A step goes on beside the transactions that follow.
        case beside
        /// A step is taken before the next transaction, when the one under way has ended.
        case before
    }

    /// A transaction is about to begin.
    mutating func transactionBegins(isStepUnderWay: Bool) {
        self.isStepUnderWay = isStepUnderWay
        hasNewPages = false
    }

    /// A transaction was committed that has added to the log; it holds so many pages now.
    mutating func committed(pages: Int) {
        // A log so long was followed by a step before this transaction, or had just been.
        isHeldBack = self.pages >= Self.logPagesMax && pages >= max(self.pages, Self.heldPagesMin)
        // It was started anew.
        if pages < self.pages { pagesTaken = 0 }
        self.pages = pages
        hasNewPages = true
    }

    /// What to do after the transaction.
    ///
    /// A step beside transactions begins only if none was under way when the last one began, and that one has
    /// added to the log: then there is something that no step can have copied yet.
    mutating func next() -> Step {
        guard hasNewPages else { return .none }
        if pages >= Self.logPagesMax, pages - pagesTaken >= Self.lastStepPagesMin {
            pagesTaken = pages
            return .before
        }
        guard !isStepUnderWay, pages - pagesTaken >= Self.stepPages else { return .none }
        pagesTaken = pages
        return .beside
    }
}
