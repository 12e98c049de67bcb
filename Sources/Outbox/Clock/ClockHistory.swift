package import Events

/// When the clock was set while the outbox is open, and what follows for pruning.
///
/// A clock that was ahead for half a second must not make old what has just been received. So the age of what
/// was received in this run is told by the uptime, and after a step of more than a minute pruning rests.
struct ClockHistory: Sendable {
    /// A smaller change of the clock is followed without notice.
    static let stepMin = Duration.seconds(1)
    /// After a larger step pruning rests.
    static let harmlessStepMax = Duration.seconds(60)
    /// How long it rests, of uptime.
    static let restTime = Duration.seconds(24 * 3600)
    /// Steps that are told apart; of what was received before the first of more, only the end is known.
    static let segmentsMax = 64

    /// Until when pruning rests, perhaps past; nil if no step asked for that.
    private(set) var restsUntil: Uptime?

    private var segments: [Segment]

    /// What was received between two steps.
    private struct Segment {
        /// The first delivery that may have been received in it.
        var firstDelivery: Int64
        /// How both clocks went in it; nil if that is not known any more.
        var anchor: Moment?
        let begin: Uptime
    }

    /// Begins with a run.
    init(at moment: Moment, nextDelivery: Int64) {
        segments = [Segment(firstDelivery: nextDelivery, anchor: moment, begin: moment.uptime)]
    }

    /// By how much the clock was set since the last step; nil if it was not.
    func step(at moment: Moment) -> Duration? {
        guard let anchor = segments.last?.anchor else { return nil }
        let step = moment.time.duration(since: anchor.time(at: moment.uptime))
        return step.magnitude < Self.stepMin ? nil : step
    }

    /// The clock was set.
    ///
    /// - Parameters:
    ///   - step: By how much.
    ///   - moment: When that was found.
    ///   - nextDelivery: The first delivery that is received from now on.
    mutating func note(_ step: Duration, at moment: Moment, nextDelivery: Int64) {
        segments.append(Segment(firstDelivery: nextDelivery, anchor: moment, begin: moment.uptime))
        if segments.count > Self.segmentsMax {
            segments[1].firstDelivery = segments[0].firstDelivery
            segments[1].anchor = nil
            segments.removeFirst()
        }
        if step.magnitude > Self.harmlessStepMax { restsUntil = moment.uptime + Self.restTime }
    }

    /// The time that today's clock would have shown when a delivery was received.
    ///
    /// - Parameters:
    ///   - delivery: Its id; for one of an earlier run the time is taken as it is.
    ///   - time: The time that the clock showed then.
    /// - Returns: That time, or a later one.
    func receiptTime(of delivery: Int64, shown time: Timestamp) -> Timestamp {
        guard let now = segments.last?.anchor,
            let index = segments.lastIndex(where: { $0.firstDelivery <= delivery })
        else { return time }
        guard let anchor = segments[index].anchor else {
            return now.time(at: segments[index + 1].begin)
        }
        return now.time(at: anchor.uptime(at: time))
    }
}

/// That the clock was set.
package struct ClockStepReport: Hashable, Sendable {
    /// By how much; negative if it went back.
    package let step: Duration
    /// Until when pruning rests, by the clock as it is now; nil if it does not.
    package let restsUntil: Timestamp?
}

extension Duration {
    /// How long it is, whatever its sign.
    var magnitude: Duration { self < .zero ? .zero - self : self }
}
