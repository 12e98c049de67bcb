import ArgumentParser
import Daemon
import Events

/// A time on the command line: RFC 3339, or an age such as `2h` or `7d`.
struct TimeArgument: ExpressibleByArgument {
    let time: Timestamp

    private static let millisecondsPerUnit: [Character: Int64] = [
        "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]

    /// Ages beyond this many units are no ages.
    private static let unitsMax: Int64 = 1_000_000

    init?(argument: String) {
        if let time = Timestamp(rfc3339: argument) {
            self.time = time
            return
        }
        guard let unit = argument.last, let milliseconds = Self.millisecondsPerUnit[unit],
            let count = Int64(argument.dropLast()), (0...Self.unitsMax).contains(count)
        else { return nil }
        time = Timestamp(milliseconds: MachineClock.system.now().milliseconds - count * milliseconds)
    }
}
