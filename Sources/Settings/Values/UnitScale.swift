/// The units in which a quantity may be written, largest first; the smallest has the factor 1.
struct UnitScale: Sendable {
    /// The units, largest first.
    let units: [(name: String, factor: Int64)]

    /// What a text turned out to be.
    enum Reading: Equatable {
        case value(Int64)
        case malformed
        case missingUnit
        case tooLarge
        case unknownUnit(suggestion: String?)
    }

    /// Sizes, in bytes.
    static let bytes = UnitScale(units: [
        ("GiB", Int64(ByteSize.gibibyte)), ("MiB", Int64(ByteSize.mebibyte)),
        ("KiB", Int64(ByteSize.kibibyte)), ("B", 1),
    ])

    /// Durations, in milliseconds.
    static let time = UnitScale(units: [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ])

    /// The units for a message, smallest first: `ms, s, m, h or d`.
    var names: String { units.reversed().map(\.name).joinedWithOr() }

    /// Reads a whole number directly followed by a unit.
    func read(_ text: String) -> Reading {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let unit = text.dropFirst(digits.count)
        guard !digits.isEmpty else { return .malformed }
        guard !unit.isEmpty else { return .missingUnit }
        guard let found = units.first(where: { $0.name == unit }) else {
            return .unknownUnit(suggestion: suggestion(digits, unit))
        }
        guard let number = Int64(digits) else { return .tooLarge }
        let (value, overflow) = number.multipliedReportingOverflow(by: found.factor)
        return overflow ? .tooLarge : .value(value)
    }

    /// Writes a quantity in the largest unit that shows it exactly.
    func text(_ value: Int64) -> String {
        let exact = value == 0 ? units.last : units.first { value % $0.factor == 0 }
        guard let exact else { return String(value) }
        return "\(value / exact.factor)\(exact.name)"
    }

    /// The same number with the unit that was most likely meant: `25mb` gives `25MiB`, `10 sec` gives `10s`.
    private func suggestion(_ digits: Substring, _ unit: Substring) -> String? {
        let word = unit.lowercased().filter { $0 != " " }
        let known = units.first { $0.name.lowercased() == word }?.name ?? Self.synonyms[word]
        guard let known, units.contains(where: { $0.name == known }) else { return nil }
        return digits + known
    }

    private static let synonyms = [
        "bytes": "B", "k": "KiB", "kb": "KiB", "ki": "KiB", "m": "MiB", "mb": "MiB", "mi": "MiB",
        "g": "GiB", "gb": "GiB", "gi": "GiB", "msec": "ms", "sec": "s", "secs": "s", "second": "s",
        "seconds": "s", "min": "m", "mins": "m", "minute": "m", "minutes": "m", "hour": "h", "hours": "h",
        "day": "d", "days": "d",
    ]
}

/// The sizes of the binary units, in bytes.
package enum ByteSize {
    /// 2^10 bytes.
    package static let kibibyte = 1 << 10
    /// 2^20 bytes.
    package static let mebibyte = 1 << 20
    /// 2^30 bytes.
    package static let gibibyte = 1 << 30

    /// Writes a size as the configuration does: `25MiB`.
    package static func text(_ bytes: Int) -> String { UnitScale.bytes.text(Int64(bytes)) }
}

extension Duration {
    /// A duration of whole minutes.
    static func minutes(_ minutes: Int64) -> Duration { .seconds(minutes * 60) }

    /// A duration of whole hours.
    static func hours(_ hours: Int64) -> Duration { .seconds(hours * 3600) }

    /// A duration of whole days.
    static func days(_ days: Int64) -> Duration { .seconds(days * 86_400) }

    /// The duration as the configuration writes it, in the largest unit that shows it exactly: `90s`, `10h`.
    package var settingText: String {
        let (seconds, attoseconds) = components
        return UnitScale.time.text(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }
}

extension Array where Element == String {
    /// The words as an English list: `a, b or c`.
    func joinedWithOr() -> String {
        guard let last, count > 1 else { return joined() }
        return dropLast().joined(separator: ", ") + " or " + last
    }
}
