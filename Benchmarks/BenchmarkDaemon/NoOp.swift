import Foundation
import ListenerKit

/// Does nothing but note when it was started.
struct NoOp: Listener {
    let name: String
    let delays = DelayHistogram()

    private static let microsecondsPerMillisecond = 1000.0
    private static let microsecondsPerSecond = 1_000_000.0

    /// Notes how long ago the event was received.
    ///
    /// `receivedAt` has whole milliseconds, cut off: what is noted is up to one millisecond too long.
    func handle(_ event: PullRequestEvent, context: ListenerContext) async throws {
        let received = Double(event.receivedAt.milliseconds) * Self.microsecondsPerMillisecond
        let now = Date().timeIntervalSince1970 * Self.microsecondsPerSecond
        delays.record(microseconds: now - received)
    }
}
