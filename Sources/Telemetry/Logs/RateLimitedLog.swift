package import Events
package import Logging
import Synchronization

/// Lets only so many lines a key and interval into the log, and says later how many were left out.
///
/// For what strangers can cause at will, such as rejected signatures.
package final class RateLimitedLog<Key: Hashable & Sendable>: Sendable {
    private let linesMax: Int
    private let interval: Duration
    private let clock: MachineClock
    private let windows = Mutex<[Key?: Window]>([:])

    private struct Window: Sendable {
        var start: Uptime
        var lines = 0
        var suppressed = 0
    }

    /// The key of the metadata that holds the number of lines left out.
    package static var suppressedKey: String { "suppressed" }

    /// How many keys are told apart; more share one allowance.
    private static var keysMax: Int { 256 }

    /// Makes a limiter.
    ///
    /// - Parameters:
    ///   - linesMax: How many lines a key may have in an interval.
    ///   - interval: How long an interval is.
    ///   - clock: What it goes by.
    package init(
        linesMax: Int = 5,
        interval: Duration = .seconds(60),
        clock: MachineClock = .system
    ) {
        self.linesMax = linesMax
        self.interval = interval
        self.clock = clock
    }

    /// Logs an event unless the key has had its lines; the first one after a silence says how many were left
    /// out.
    package func log(
        _ level: Logger.Level,
        _ message: @autoclosure () -> Logger.Message,
        key: Key,
        metadata: @autoclosure () -> Logger.Metadata = [:],
        to logger: Logger,
        file: String = #fileID,
        function: String = #function,
        line: UInt = #line
    ) {
        guard let suppressed = admit(key) else { return }
        var metadata = metadata()
        if suppressed > 0 { metadata[Self.suppressedKey] = "\(suppressed)" }
        logger.log(level: level, message(), metadata: metadata, file: file, function: function, line: line)
    }

    /// Nil when a line must be left out, else how many of the key were left out since its last line.
    package func admit(_ key: Key) -> Int? {
        let time = clock.uptime()
        return windows.withLock { windows in
            let place = place(for: key, at: time, in: &windows)
            var window = windows[place] ?? Window(start: time)
            defer { windows[place] = window }
            if window.start.duration(to: time) >= interval {
                window = Window(start: time, suppressed: window.suppressed)
            }
            guard window.lines < linesMax else {
                window.suppressed += 1
                return nil
            }
            window.lines += 1
            defer { window.suppressed = 0 }
            return window.suppressed
        }
    }

    /// The key itself while there is room, else nil, which all further keys share.
    private func place(
        for key: Key,
        at time: Uptime,
        in windows: inout [Key?: Window]
    ) -> Key? {
        if windows[key] != nil || windows.count < Self.keysMax { return key }
        windows = windows.filter { $0.value.start.duration(to: time) < interval }
        return windows.count < Self.keysMax ? key : nil
    }
}
