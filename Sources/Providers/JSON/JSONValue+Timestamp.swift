package import Events

extension JSONValue {
    /// A moment, written as RFC 3339 text or in seconds since 1970; nil for anything else, and for the year
    /// 1, which some senders write for no time at all.
    package var timestamp: Timestamp? {
        switch kind {
        case .string:
            guard let string, !string.hasPrefix("0001-") else { return nil }
            return Timestamp(rfc3339: string)
        case .number:
            guard let seconds = int64, Self.epochSeconds.contains(seconds) else { return nil }
            return Timestamp(milliseconds: seconds * 1000)
        default:
            return nil
        }
    }

    /// What RFC 3339 can write, from the beginning of the epoch to the year 9999.
    private static let epochSeconds: ClosedRange<Int64> = 0...253_402_300_799

    /// A positive integer, such as the number of a pull request.
    package var number: Int? {
        guard let value = int64, value > 0 else { return nil }
        return Int(exactly: value)
    }
}
