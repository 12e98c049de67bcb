import Testing

@testable import Settings

@Suite("Sizes and durations")
struct UnitScaleTests {
    @Test(
        "A size is a whole number and a binary unit",
        arguments: [("1B", 1), ("25MiB", 26_214_400), ("32KiB", 32_768), ("2GiB", 2_147_483_648), ("0B", 0)]
    )
    func size(text: String, bytes: Int64) {
        #expect(UnitScale.bytes.read(text) == .value(bytes))
    }

    @Test(
        "A duration is a whole number and a unit of time",
        arguments: [
            ("250ms", 250), ("5s", 5000), ("1m", 60_000), ("10h", 36_000_000), ("30d", 2_592_000_000),
        ]
    )
    func duration(text: String, milliseconds: Int64) {
        #expect(UnitScale.time.read(text) == .value(milliseconds))
    }

    @Test(
        "A wrong unit suggests the right one",
        arguments: [
            ("25mb", "25MiB"), ("25 MiB", "25MiB"), ("1k", "1KiB"), ("3GIB", "3GiB"), ("9bytes", "9B"),
        ]
    )
    func sizeSuggestion(text: String, meant: String) {
        #expect(UnitScale.bytes.read(text) == .unknownUnit(suggestion: meant))
    }

    @Test(
        "A spelled-out unit of time suggests the short one",
        arguments: [("5 sec", "5s"), ("2hours", "2h"), ("7days", "7d"), ("1min", "1m"), ("10S", "10s")]
    )
    func timeSuggestion(text: String, meant: String) {
        #expect(UnitScale.time.read(text) == .unknownUnit(suggestion: meant))
    }

    @Test("A unit that means nothing suggests nothing", arguments: ["5parsecs", "1.5s", "5KiB"])
    func noSuggestion(text: String) {
        #expect(UnitScale.time.read(text) == .unknownUnit(suggestion: nil))
    }

    @Test(
        "A number beyond 64 bits is too large",
        arguments: ["9223372036854775808ms", "999999999999999999d"]
    )
    func tooLarge(text: String) {
        #expect(UnitScale.time.read(text) == .tooLarge)
    }

    @Test("Text without a number is malformed", arguments: ["", "s", "-5s", "٣s", " 5s"])
    func malformed(text: String) {
        #expect(UnitScale.time.read(text) == .malformed)
    }

    @Test(
        "A duration is written in the largest unit that shows it exactly",
        arguments: [
            (Duration.seconds(60), "1m"), (.seconds(90), "90s"), (.hours(24), "1d"), (.hours(36), "36h"),
            (.milliseconds(1500), "1500ms"), (.zero, "0ms"),
        ]
    )
    func durationText(duration: Duration, text: String) {
        #expect(duration.settingText == text)
    }

    @Test("Every size reads back from its text", arguments: [0, 1, 1023, 1024, 1025, 1 << 20, 3 << 30])
    func sizeText(bytes: Int) {
        #expect(UnitScale.bytes.read(ByteSize.text(bytes)) == .value(Int64(bytes)))
    }
}
