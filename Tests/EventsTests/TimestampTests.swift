import Events
import Foundation
import TestKit
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "The text has three fraction digits and ends in Z",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1, "1970-01-01T00:00:00.001Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (-86_400_001, "1969-12-30T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (951_868_800_000, "2000-03-01T00:00:00.000Z"),
            (4_107_456_000_000, "2100-02-28T00:00:00.000Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_709_251_199_999, "2024-02-29T23:59:59.999Z"),
            (1_795_291_200_123, "2026-11-21T20:00:00.123Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)]
    )
    func text(milliseconds: Int64, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).description == text)
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test("What is outside the years that RFC 3339 can write shows as the nearest end")
    func outsideTheRange() {
        #expect(Timestamp(milliseconds: .min).description == "0000-01-01T00:00:00.000Z")
        #expect(Timestamp(milliseconds: .max).description == "9999-12-31T23:59:59.999Z")
    }

    @Test(
        "Every form of RFC 3339 is read",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01t00:00:00z", 0),
            ("1970-01-01 00:00:00Z", 0),
            ("1970-01-01T00:00:00.5Z", 500),
            ("1970-01-01T00:00:00.25Z", 250),
            ("1970-01-01T00:00:00.1239999999999999999999999Z", 123),
            ("1970-01-01T01:00:00+01:00", 0),
            ("1969-12-31T18:30:00-05:30", 0),
            ("1970-01-01T00:00:00+00:00", 0),
            ("1970-01-01T00:00:00-00:00", 0),
            ("1998-12-31T23:59:60Z", 915_148_800_000),
        ] as [(String, Int64)]
    )
    func forms(text: String, milliseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.milliseconds == milliseconds)
    }

    @Test(
        "What is not a time of RFC 3339 is nil",
        arguments: [
            "", "Z", "2026", "2026-11-21", "2026-11-21T20:00:00", "2026-11-21T20:00Z",
            "2026-11-21T20:00:00.Z",
            "2026-11-21T20:00:00,5Z", "2026-11-21T20:00:00+0100", "2026-11-21T20:00:00+01",
            "2026-11-21T20:00:00+24:00", "2026-11-21T20:00:00+01:60", "2026-11-21T24:00:00Z",
            "2026-11-21T20:60:00Z", "2026-11-21T20:00:61Z", "2026-00-21T20:00:00Z", "2026-13-21T20:00:00Z",
            "2026-11-00T20:00:00Z", "2026-11-31T20:00:00Z", "2026-02-29T20:00:00Z", "2100-02-29T20:00:00Z",
            "2024-02-30T20:00:00Z", "26-11-21T20:00:00Z", "12026-11-21T20:00:00Z", "-026-11-21T20:00:00Z",
            " 2026-11-21T20:00:00Z", "2026-11-21T20:00:00Z ", "2026-11-21T20:00:00ZZ", "2026-11-21X20:00:00Z",
            "٢٠٢٦-11-21T20:00:00Z", "2026/11/21T20:00:00Z",
        ]
    )
    func otherTextIsNil(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("Every day from 1600 to 2400 has the date that Foundation gives it")
    func datesAreFoundations() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        let first = try #require(Timestamp(rfc3339: "1600-01-01T00:00:00Z"))
        for week in 0..<(800 * 365 / 7) {
            let time = Timestamp(milliseconds: first.milliseconds + Int64(week) * 7 * 86_400_000)
            let date = Date(timeIntervalSince1970: Double(time.milliseconds) / 1000)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let text = time.description.prefix(10).split(separator: "-").map { Int($0) }
            #expect(text == [parts.year, parts.month, parts.day])
        }
    }

    @Test("Any millisecond between the years 0 and 9999 reads back")
    func roundTrip() {
        var random = SeededGenerator(printedFor: "timestamps")
        for _ in 0..<20_000 {
            let milliseconds = Int64.random(in: -62_167_219_200_000...253_402_300_799_999, using: &random)
            let time = Timestamp(milliseconds: milliseconds)
            #expect(time.description.utf8.count == 24)
            #expect(Timestamp(rfc3339: time.description) == time, "\(milliseconds), seed \(random.seed)")
        }
    }

    @Test("The text sorts as the times do")
    func textSortsAsTimesDo() {
        var random = SeededGenerator(printedFor: "timestamp order")
        let times = (0..<1000).map { _ in
            Timestamp(milliseconds: Int64.random(in: 0...253_402_300_799_999, using: &random))
        }
        #expect(times.sorted().map(\.description) == times.map(\.description).sorted())
    }

    @Test("Times can be moved and compared to the millisecond")
    func arithmetic() {
        let time = Timestamp(milliseconds: 1000)
        #expect(time.advanced(by: .milliseconds(1)).milliseconds == 1001)
        #expect(time.advanced(by: .seconds(-2)).milliseconds == -1000)
        #expect(time.advanced(by: .microseconds(999)).milliseconds == 1000)
        #expect(time.duration(since: Timestamp(milliseconds: 2500)) == .milliseconds(-1500))
        #expect(time < Timestamp(milliseconds: 1001))
    }

    @Test(
        "Moving a time stops at the ends of the range",
        arguments: [
            (Duration.seconds(Int64.max), Int64.max),
            (.seconds(Int64.min), Int64.min),
            (.seconds(Int64.max / 1000) + .milliseconds(999), Int64.max),
            (.seconds(Int64.min / 1000) - .milliseconds(999), Int64.min),
        ]
    )
    func movingStopsAtTheEnds(duration: Duration, milliseconds: Int64) {
        #expect(Timestamp(milliseconds: 0).advanced(by: duration).milliseconds == milliseconds)
        #expect(Timestamp(milliseconds: milliseconds).advanced(by: duration).milliseconds == milliseconds)
    }

    @Test("The time between the ends of the range is not cut")
    func longestDuration() {
        let longest = Timestamp(milliseconds: .max).duration(since: Timestamp(milliseconds: .min))
        #expect(longest == .milliseconds(Int64.max) - .milliseconds(Int64.min))
    }

    @Test("A time that cannot be read fails to decode")
    func undecodable() {
        let text = EventFactory.populated(.unknown).json
            .replacing("2026-11-21T20:00:00.123Z", with: "yesterday")
        #expect(throws: DecodingError.self) { try UnknownEvent.decode(json: Array(text.utf8)) }
    }
}
