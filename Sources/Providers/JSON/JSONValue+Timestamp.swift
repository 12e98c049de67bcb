package import Events

extension JSONValue {
    /// A moment; nil for anything else, and for what senders write for no time at all: the year 1, and the
    /// beginning of the epoch.
    ///
    /// As a number it is in seconds or milliseconds since 1970, as text in any of the forges' dialects of ISO
    /// 8601: `T` or a space before the time, any number of fraction digits, and `Z`, ` UTC`, an offset with
    /// or without a colon or a space before it, or nothing, which is UTC.
    package var timestamp: Timestamp? {
        let timestamp: Timestamp? =
            switch kind {
            case .string: string.flatMap(Timestamp.init(dialect:))
            case .number: int64.flatMap(Self.timestamp(number:))
            default: nil
            }
        return timestamp?.milliseconds == 0 ? nil : timestamp
    }

    /// Seconds up to `secondsMax`, milliseconds above: as seconds these would be after the year 5138, as
    /// milliseconds those would be before 1973.
    private static func timestamp(number: Int64) -> Timestamp? {
        switch number {
        case 0...secondsMax: Timestamp(milliseconds: number * 1000)
        case secondsMax...millisecondsMax: Timestamp(milliseconds: number)
        default: nil
        }
    }

    private static let secondsMax: Int64 = 99_999_999_999
    /// The end of the year 9999, which is the last that RFC 3339 can write.
    private static let millisecondsMax: Int64 = 253_402_300_799_999

    /// A positive integer, such as the number of a pull request.
    package var number: Int? {
        guard let value = int64, value > 0 else { return nil }
        return Int(exactly: value)
    }
}

extension Timestamp {
    fileprivate init?(dialect text: String) {
        guard text.utf8.count <= ShortText.byteCountMax, !text.utf8.starts(with: "0001-".utf8) else {
            return nil
        }
        var scanner = DateScanner(text.utf8)
        guard let days = scanner.date(), scanner.skip(where: { $0 == 0x54 || $0 == 0x74 || $0 == 0x20 }),
            let time = scanner.time()
        else { return nil }
        let isUTC = scanner.isAtEnd || scanner.skip(" UTC")
        if !isUTC { _ = scanner.skip(UInt8(ascii: " ")) }
        let offset = isUTC ? 0 : scanner.offset(requiresColon: false)
        guard let offset, scanner.isAtEnd else { return nil }
        self.init(days: days, milliseconds: time - offset)
    }
}
