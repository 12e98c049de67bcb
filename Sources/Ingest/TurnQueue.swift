import NIOCore
import Synchronization

/// Has the connections of one event loop take turns, when they have sent more than they are served at once.
///
/// What an event loop is asked to execute, it executes before it looks at its sockets again, and so does what
/// that asks for: a connection that always asks for one turn more would keep all others from being read. Here
/// turns end after a while, and go on when the event loop has looked. They get a third of its time at most,
/// so that a processor is left for those who wait for one: what commits, and what others sent.
final class TurnQueue {
    /// How long turns are given before the event loop looks at its sockets.
    static let span = TimeAmount.microseconds(300)
    /// How many times as long as turns have taken they have to wait until they go on.
    static let pauseFactor: Int64 = 2
    /// The least pause: the event loop does not wait for work that is due at once.
    static let pauseMin = TimeAmount.microseconds(200)

    private let eventLoop: NIOIsolatedEventLoop
    private let currentTime: () -> NIODeadline
    private var waiting = CircularBuffer<() -> Void>()
    private var isScheduled = false

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop.assumeIsolated()
        currentTime = { eventLoop.now }
    }

    /// Waits for a turn.
    func wait(for turn: @escaping () -> Void) {
        waiting.append(turn)
        schedule(in: Self.pauseMin)
    }

    private func schedule(in pause: TimeAmount) {
        guard !isScheduled, !waiting.isEmpty else { return }
        isScheduled = true
        eventLoop.scheduleTask(in: pause) { [self] in
            let begin = currentTime()
            giveTurns(until: begin + Self.span)
            isScheduled = false
            schedule(in: max((currentTime() - begin) * Self.pauseFactor, Self.pauseMin))
        }
    }

    private func giveTurns(until end: NIODeadline) {
        // Who asks again meanwhile has its next turn in the next span.
        for _ in 0..<waiting.count {
            waiting.removeFirst()()
            if currentTime() >= end { return }
        }
    }
}

/// The queues of all event loops.
final class TurnQueues: Sendable {
    private let queues = Mutex<[ObjectIdentifier: NIOLoopBound<TurnQueue>]>([:])

    /// The queue of an event loop, which has to be the current one.
    func queue(of eventLoop: any EventLoop) -> TurnQueue {
        queues.withLock { queues in
            let id = ObjectIdentifier(eventLoop)
            if let queue = queues[id] { return queue.value }
            let queue = TurnQueue(eventLoop)
            queues[id] = NIOLoopBound(queue, eventLoop: eventLoop)
            return queue
        }
    }
}
