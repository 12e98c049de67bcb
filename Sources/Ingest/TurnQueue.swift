import NIOCore
import Synchronization

/// Has the connections of one event loop take turns, when they have sent more than they are served at once.
///
/// What an event loop is asked to execute, it executes before it looks at its sockets again, and so does what
/// that asks for: a connection that always asks for one turn more would keep all others from being read. Here
/// turns end after a while, and go on when the event loop has looked.
final class TurnQueue {
    /// How long turns are given before the event loop looks at its sockets.
    static let span = TimeAmount.milliseconds(1)
    /// The pause between spans: the event loop does not wait for work that is due at once.
    static let pause = TimeAmount.microseconds(200)

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
        schedule()
    }

    private func schedule() {
        guard !isScheduled, !waiting.isEmpty else { return }
        isScheduled = true
        eventLoop.scheduleTask(in: Self.pause) { [self] in
            isScheduled = false
            giveTurns()
            schedule()
        }
    }

    private func giveTurns() {
        let end = currentTime() + Self.span
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
