import Events
import Foundation

extension MachineClock {
    /// The system's clock, with a time of day that is wrong by as many seconds as a file says.
    ///
    /// - Parameter path: The file; nil for the right time.
    /// - Returns: The clock.
    static func wrong(_ path: String?) -> MachineClock {
        guard let path else { return .system }
        var clock = MachineClock.system
        clock.now = {
            let text = try? String(contentsOfFile: path, encoding: .utf8)
            return MachineClock.system.now().advanced(by: .seconds(text.flatMap { Int($0) } ?? 0))
        }
        return clock
    }
}
