import Events
import NIOCore

/// A moment as the `Date` header field has it (RFC 9110 section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
struct HTTPDate {
    private let secondsOfDay: Int64
    private let daysSinceEpoch: Int64

    private static let secondsPerDay: Int64 = 86_400
    /// 1970-01-01 was a Thursday.
    private static let weekdays: [StaticString] = [
        "Thu, ", "Fri, ", "Sat, ", "Sun, ", "Mon, ", "Tue, ", "Wed, ",
    ]
    private static let months: [StaticString] = [
        " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ",
        " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec ",
    ]

    /// Takes a moment; one before 1970 counts as the beginning of 1970.
    init(_ moment: Timestamp) {
        let seconds = max(moment.milliseconds, 0) / 1000
        secondsOfDay = seconds % Self.secondsPerDay
        daysSinceEpoch = seconds / Self.secondsPerDay
    }

    /// Appends the 29 characters.
    func write(to buffer: inout ByteBuffer) {
        let (year, month, day) = civil
        buffer.writeStaticString(Self.weekdays[Int(daysSinceEpoch % 7)])
        Self.write(day, digits: 2, to: &buffer)
        buffer.writeStaticString(Self.months[Int(month) - 1])
        Self.write(year, digits: 4, to: &buffer)
        buffer.writeStaticString(" ")
        Self.write(secondsOfDay / 3600, digits: 2, to: &buffer)
        buffer.writeStaticString(":")
        Self.write(secondsOfDay / 60 % 60, digits: 2, to: &buffer)
        buffer.writeStaticString(":")
        Self.write(secondsOfDay % 60, digits: 2, to: &buffer)
        buffer.writeStaticString(" GMT")
    }

    /// The calendar day; Howard Hinnant's `civil_from_days` for days since 1970.
    private var civil: (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSinceEpoch + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func write(_ number: Int64, digits: Int, to buffer: inout ByteBuffer) {
        var divisor: Int64 = 1
        for _ in 1..<digits { divisor *= 10 }
        while divisor > 0 {
            buffer.writeInteger(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}
