/// Reads the pieces of a date and time from ASCII text, one after another; every method is nil on a mismatch.
///
/// Package access: the providers' dialects of ISO 8601 are put together from the same pieces.
package struct DateScanner {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    package var isAtEnd: Bool { position == bytes.count }

    /// `YYYY-MM-DD` as days since 1970-01-01.
    package mutating func date() -> Int64? {
        guard let year = number(digits: 4), skip(UInt8(ascii: "-")), let month = number(digits: 2),
            skip(UInt8(ascii: "-")), let day = number(digits: 2)
        else { return nil }
        return CivilDate(year: year, month: month, day: day)?.daysSinceEpoch
    }

    /// `hh:mm:ss` with an optional fraction of any length, as milliseconds; a leap second counts as the next
    /// one.
    package mutating func time() -> Int64? {
        guard let hour = number(digits: 2), skip(UInt8(ascii: ":")), let minute = number(digits: 2),
            skip(UInt8(ascii: ":")), let second = number(digits: 2), hour < 24, minute < 60, second <= 60
        else { return nil }
        var milliseconds = ((hour * 60 + minute) * 60 + second) * 1000
        guard skip(UInt8(ascii: ".")) else { return milliseconds }
        var scale: Int64 = 100
        var digits = 0
        while let digit = digit() {
            milliseconds += digit * scale
            scale /= 10
            digits += 1
        }
        return digits > 0 ? milliseconds : nil
    }

    /// `Z`, `±hh:mm` or, unless the colon is required, `±hhmm`, as milliseconds east of UTC.
    package mutating func offset(requiresColon: Bool) -> Int64? {
        if skip(where: { $0 == 0x5A || $0 == 0x7A }) { return 0 }
        let isWest: Bool
        if skip(UInt8(ascii: "-")) {
            isWest = true
        } else if skip(UInt8(ascii: "+")) {
            isWest = false
        } else {
            return nil
        }
        guard let hours = number(digits: 2) else { return nil }
        guard skip(UInt8(ascii: ":")) || !requiresColon else { return nil }
        guard let minutes = number(digits: 2), hours < 24, minutes < 60 else { return nil }
        let milliseconds = (hours * 60 + minutes) * 60_000
        return isWest ? -milliseconds : milliseconds
    }

    /// Steps over one byte if it matches.
    package mutating func skip(where matches: (UInt8) -> Bool) -> Bool {
        guard position < bytes.count, matches(bytes[position]) else { return false }
        position += 1
        return true
    }

    /// Steps over that byte if it is next.
    package mutating func skip(_ byte: UInt8) -> Bool { skip { $0 == byte } }

    /// Steps over that text if it is next.
    package mutating func skip(_ text: String) -> Bool {
        guard bytes[position...].starts(with: text.utf8) else { return false }
        position += text.utf8.count
        return true
    }

    private mutating func number(digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func digit() -> Int64? {
        guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
        defer { position += 1 }
        return Int64(bytes[position] - 0x30)
    }
}
