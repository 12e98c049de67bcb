/// A moment in UTC with millisecond precision, as the outbox stores it and the event JSON writes it.
public struct Timestamp: Codable, Comparable, CustomStringConvertible, Hashable, JSONWritable, Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z, negative before.
    public let milliseconds: Int64

    private static let millisecondsPerDay: Int64 = 86_400_000

    /// The years that RFC 3339 can write: 0000 to 9999.
    private static let range: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// Makes a moment from Unix milliseconds.
    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)` (RFC 3339 section 5.6); anything else is nil.
    public init?(rfc3339 text: String) {
        var scanner = DateScanner(text.utf8)
        guard let days = scanner.date(), scanner.skip(where: { $0 == 0x54 || $0 == 0x74 || $0 == 0x20 }),
            let time = scanner.time(), let offset = scanner.offset(requiresColon: true), scanner.isAtEnd
        else { return nil }
        self.init(days: days, milliseconds: time - offset)
    }

    /// Decodes the text that `description` writes.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Timestamp(rfc3339: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an RFC 3339 time: \(text)")
            )
        }
        self = value
    }

    /// Makes a moment from days since 1970-01-01 and milliseconds, which may be negative or more than a day.
    package init(days: Int64, milliseconds: Int64) {
        self.init(milliseconds: days * Self.millisecondsPerDay + milliseconds)
    }

    /// RFC 3339 text with exactly three fraction digits, ending in `Z`.
    public var description: String {
        let bounded = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
        var day = bounded / Self.millisecondsPerDay
        var rest = bounded % Self.millisecondsPerDay
        if rest < 0 {
            rest += Self.millisecondsPerDay
            day -= 1
        }
        let date = CivilDate(daysSinceEpoch: day)
        var text: [UInt8] = []
        text.reserveCapacity(24)
        Self.append(date.year, digits: 4, then: UInt8(ascii: "-"), to: &text)
        Self.append(date.month, digits: 2, then: UInt8(ascii: "-"), to: &text)
        Self.append(date.day, digits: 2, then: UInt8(ascii: "T"), to: &text)
        Self.append(rest / 3_600_000, digits: 2, then: UInt8(ascii: ":"), to: &text)
        Self.append(rest / 60_000 % 60, digits: 2, then: UInt8(ascii: ":"), to: &text)
        Self.append(rest / 1000 % 60, digits: 2, then: UInt8(ascii: "."), to: &text)
        Self.append(rest % 1000, digits: 3, then: UInt8(ascii: "Z"), to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Whether one moment is before another.
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// Encodes the RFC 3339 text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Writes the RFC 3339 text as a JSON string.
    public func write(to json: inout JSONWriter) { json.string(description) }

    /// The moment a duration later, or earlier when negative; stops at the ends of the 64-bit range.
    public func advanced(by duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let (scaled, scaledOverflows) = seconds.multipliedReportingOverflow(by: 1000)
        let (span, spanOverflows) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000_000)
        let (sum, sumOverflows) = milliseconds.addingReportingOverflow(span)
        guard !scaledOverflows, !spanOverflows, !sumOverflows else {
            return Timestamp(milliseconds: duration < .zero ? .min : .max)
        }
        return Timestamp(milliseconds: sum)
    }

    /// The time from another moment to this one.
    public func duration(since other: Timestamp) -> Duration {
        // A difference of the numbers could overflow; a `Duration` has 128 bits.
        .milliseconds(milliseconds) - .milliseconds(other.milliseconds)
    }

    private static func append(_ value: Int64, digits: Int, then separator: UInt8, to text: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
        text.append(separator)
    }
}

/// A day of the proleptic Gregorian calendar; the arithmetic is Howard Hinnant's `chrono` algorithms.
struct CivilDate {
    let year: Int64
    let month: Int64
    let day: Int64

    init(daysSinceEpoch: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Nil unless the day exists.
    init?(year: Int64, month: Int64, day: Int64) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths: [Int64] = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[Int(month) - 1] else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    var daysSinceEpoch: Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
