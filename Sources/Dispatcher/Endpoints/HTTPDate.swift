import Events

/// The dates of HTTP: the three forms of RFC 9110 section 5.6.7.
enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// Reads a date; the name of the day must be one, but need not be the right one.
    ///
    /// - Parameters:
    ///   - text: What stands in the header.
    ///   - now: Tells the century of a year of two digits.
    /// - Returns: The moment; nil if it is no date.
    static func parse(_ text: String, now: Timestamp) -> Timestamp? {
        guard text.utf8.count <= 64 else { return nil }
        let parts = text.split(separator: " ")
        return switch parts.count {
        case 4: rfc850(parts, now: now)
        case 5: asctime(parts)
        case 6: fixed(parts)
        default: nil
        }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func fixed(_ parts: [Substring]) -> Timestamp? {
        guard parts[5] == "GMT", isDay(parts[0].dropLast(), isShort: true), parts[0].last == "," else {
            return nil
        }
        return moment(year: parts[3], month: parts[2], day: parts[1], time: parts[4])
    }

    /// `Sunday, 06-Nov-94 08:49:37 GMT`; more than fifty years ahead means the century before.
    private static func rfc850(_ parts: [Substring], now: Timestamp) -> Timestamp? {
        let date = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard parts[3] == "GMT", isDay(parts[0].dropLast(), isShort: false), parts[0].last == ",",
            date.count == 3, date[2].utf8.count == 2, let short = Int(date[2]), short >= 0,
            let thisYear = Int(now.description.prefix(4))
        else { return nil }
        let sameCentury = thisYear / 100 * 100 + short
        let year = sameCentury > thisYear + 50 ? sameCentury - 100 : sameCentury
        return moment(year: Substring(String(year)), month: date[1], day: date[0], time: parts[2])
    }

    /// `Sun Nov  6 08:49:37 1994`.
    private static func asctime(_ parts: [Substring]) -> Timestamp? {
        guard isDay(parts[0], isShort: true) else { return nil }
        let day = parts[2].utf8.count == 1 ? "0" + parts[2] : parts[2]
        return moment(year: parts[4], month: parts[1], day: day, time: parts[3])
    }

    private static func isDay(_ text: Substring, isShort: Bool) -> Bool {
        days.contains { isShort ? $0.prefix(3) == text : $0 == text }
    }

    private static func moment(year: Substring, month: Substring, day: Substring, time: Substring)
        -> Timestamp?
    {
        guard time.utf8.count == 8, let index = months.firstIndex(where: { $0 == month }) else { return nil }
        let number = index < 9 ? "0\(index + 1)" : "\(index + 1)"
        return Timestamp(rfc3339: "\(year)-\(number)-\(day)T\(time)Z")
    }
}

/// What a `Retry-After` header asks for.
enum RetryAfter {
    /// How long to wait; nil for what is neither a number of seconds nor a date, and for what is not ahead.
    ///
    /// "At once" is no wish that an endpoint in trouble can mean, and would use up the attempts in no time:
    /// then the listener's own delays count.
    static func delay(_ text: String, now: Timestamp) -> Duration? {
        let words = text.split { $0 == " " || $0 == "\t" }
        let delay: Duration?
        if words.count == 1, words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            delay = Int32(words[0]).map { .seconds($0) }  // 68 years; a longer number is nonsense
        } else {
            delay = HTTPDate.parse(text, now: now)?.duration(since: now)
        }
        return delay.flatMap { $0 > .zero ? $0 : nil }
    }
}
