import DequeModule
import Events

/// The decisions of the worker pool, without threads: which job is next, and whether a thread has to be
/// added.
///
/// A job is *waiting* while its listener has its full share of threads, then *ready*, then *taken* by a
/// thread, then finished. Ready jobs are taken round robin over the listeners, so that a busy one delays no
/// other.
struct WorkerPoolState<Job> {
    /// A job that a thread has taken.
    struct Ticket {
        fileprivate let id: Int
        fileprivate let queue: Int
    }

    /// Whether a thread has to be added; `isNews` is true if nobody was told of the like in the last minute.
    enum ThreadNeed: Equatable {
        case none
        case start(isNews: Bool)
        /// One is needed, but there are as many as there may be.
        case limitReached(isNews: Bool)
    }

    /// How often somebody is told of the same.
    private static var newsInterval: Duration { .seconds(60) }

    /// The threads beyond the configured ones.
    var extraThreads = 0
    private(set) var isShutDown = false

    private let threads: Int
    private var queues: [Queue] = []
    private var nextQueue = 0
    private var readyCount = 0
    private var nextTicket = 0
    private var takenSince: [Int: Uptime] = [:]
    private var startToldAt: Uptime?
    private var limitToldAt: Uptime?

    private struct Queue {
        var ready: Deque<Job> = []
        var waiting: Deque<Job> = []
        /// Jobs that are ready or taken.
        var granted = 0
    }

    init(threads: Int) {
        self.threads = threads
    }

    /// Whether a job may have to wait for a thread to be added.
    var mayNeedThread: Bool { readyCount > 0 && takenSince.count >= threads }

    /// The threads that one listener can have: all but one as long as there are others.
    private var share: Int { queues.count > 1 ? max(1, threads - 1) : threads }

    /// Adds a listener's queue and returns its number.
    mutating func addQueue() -> Int {
        queues.append(Queue())
        return queues.count - 1
    }

    /// Takes a job in; true if it is ready, so that one thread has to be woken.
    mutating func enqueue(_ job: Job, queue: Int) -> Bool {
        guard queues[queue].granted < share else {
            queues[queue].waiting.append(job)
            return false
        }
        queues[queue].granted += 1
        queues[queue].ready.append(job)
        readyCount += 1
        return true
    }

    /// Gives a thread the next ready job; nil when there is none, or at the shutdown.
    mutating func take(now: Uptime) -> (job: Job, ticket: Ticket)? {
        guard !isShutDown, readyCount > 0 else { return nil }
        while queues[nextQueue].ready.isEmpty { nextQueue = (nextQueue + 1) % queues.count }
        guard let job = queues[nextQueue].ready.popFirst() else { return nil }
        let ticket = Ticket(id: nextTicket, queue: nextQueue)
        nextQueue = (nextQueue + 1) % queues.count
        nextTicket += 1
        readyCount -= 1
        takenSince[ticket.id] = now
        return (job, ticket)
    }

    /// Ends a job; true if that makes a waiting one ready, so that one thread has to be woken.
    mutating func finish(_ ticket: Ticket) -> Bool {
        takenSince[ticket.id] = nil
        guard let job = queues[ticket.queue].waiting.popFirst() else {
            queues[ticket.queue].granted -= 1
            return false
        }
        queues[ticket.queue].ready.append(job)
        readyCount += 1
        return true
    }

    /// Threads that have been on one job for longer than that.
    func stuckThreads(now: Uptime, stuckAfter: Duration) -> Int {
        takenSince.values.count { $0.duration(to: now) >= stuckAfter }
    }

    /// Looks whether an extra thread is needed now; if one is to be started it counts from here on.
    mutating func considerThread(
        now: Uptime,
        stuckAfter: Duration,
        max: Int
    ) -> ThreadNeed {
        guard mayNeedThread, !isShutDown else { return .none }
        guard extraThreads < stuckThreads(now: now, stuckAfter: stuckAfter) else { return .none }
        guard extraThreads < max else { return .limitReached(isNews: Self.isNews(&limitToldAt, now: now)) }
        extraThreads += 1
        return .start(isNews: Self.isNews(&startToldAt, now: now))
    }

    private static func isNews(
        _ toldAt: inout Uptime?,
        now: Uptime
    ) -> Bool {
        if let time = toldAt, time.duration(to: now) < newsInterval { return false }
        toldAt = now
        return true
    }

    /// Takes no more jobs; returns the number of threads to be woken.
    mutating func shutDown() -> Int {
        isShutDown = true
        return threads + extraThreads
    }
}
