/// How many attempts may begin in a time, such as `10/s`.
package struct RateLimitSetting: Hashable, CustomStringConvertible, Sendable {
    /// The attempts; 1 to 1000000.
    package let attempts: Int
    /// The time for which they are counted.
    package let unit: Unit

    /// A time for which attempts are counted; its raw value is how the configuration writes it.
    package enum Unit: String, CaseIterable, Sendable {
        /// A second.
        case second = "s"
        /// A minute.
        case minute = "m"
        /// An hour.
        case hour = "h"

        /// How long that is.
        package var duration: Duration {
            switch self {
            case .second: .seconds(1)
            case .minute: .minutes(1)
            case .hour: .hours(1)
            }
        }
    }

    package init(attempts: Int, per unit: Unit) {
        self.attempts = attempts
        self.unit = unit
    }

    /// How the configuration writes it.
    package var description: String { "\(attempts)/\(unit.rawValue)" }
}

extension ValueParser<RateLimitSetting> {
    private static let attemptsMax = 1_000_000

    /// A whole number, a slash and a unit of time.
    static let rateLimit = ValueParser { text throws(ValueProblem) in
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw ValueProblem(
                "\(QuotedText.shown(text)) is not a whole number of attempts per s, m or h, such as 10/s"
            )
        }
        let attempts = try ValueParser<Int>.whole(in: 1...attemptsMax).parse(String(parts[0]))
        guard let unit = RateLimitSetting.Unit(rawValue: String(parts[1])) else {
            // `10/sec`, `10/min` and `10/hour` begin with the letter that is meant.
            let near = RateLimitSetting.Unit.allCases.first { parts[1].lowercased().hasPrefix($0.rawValue) }
            throw ValueProblem(
                "\(QuotedText.shown(text)) has an unknown unit; the units are s, m or h",
                suggestion: near.map { "\(RateLimitSetting(attempts: attempts, per: $0))" }
            )
        }
        return RateLimitSetting(attempts: attempts, per: unit)
    }
}
