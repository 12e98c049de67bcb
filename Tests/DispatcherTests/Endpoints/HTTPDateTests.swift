import Events
import Testing

@testable import Dispatcher

@Suite("Dates of HTTP and Retry-After")
struct HTTPDateTests {
    private let now = Timestamp(milliseconds: 1_795_291_200_000)  // 2026-11-21T20:00:00Z

    @Test(
        "All three forms of a date are read",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ]
    )
    func forms(_ text: String) {
        #expect(HTTPDate.parse(text, now: now) == Timestamp(rfc3339: "1994-11-06T08:49:37Z"))
    }

    @Test(
        "A year of two digits is at most fifty years ahead",
        arguments: [
            ("Saturday, 21-Nov-26 20:00:00 GMT", "2026-11-21T20:00:00Z"),
            ("Saturday, 21-Nov-76 20:00:00 GMT", "2076-11-21T20:00:00Z"),
            ("Monday, 21-Nov-77 20:00:00 GMT", "1977-11-21T20:00:00Z"),
            ("Friday, 21-Nov-00 20:00:00 GMT", "2000-11-21T20:00:00Z"),
        ]
    )
    func century(_ text: String, _ expected: String) {
        #expect(HTTPDate.parse(text, now: now) == Timestamp(rfc3339: expected))
    }

    @Test(
        "Anything else is no date",
        arguments: [
            "", "tomorrow", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT", "Foo, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49:37.5 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 19940 08:49:37 GMT", "Sunday, 06-Nov-1994 08:49:37 GMT",
            "Sunday, 06-Nov--4 08:49:37 GMT", "Sun Nov 06 08:49 1994", "1994-11-06T08:49:37Z",
            "Sun, 06 Nov 1994 08:49:37 GMT" + String(repeating: " ", count: 100),
        ]
    )
    func noDate(_ text: String) {
        #expect(HTTPDate.parse(text, now: now) == nil)
    }

    @Test(
        "Retry-After is a number of seconds or a date that is ahead",
        arguments: [
            ("120", 120), (" 1 ", 1), ("0120", 120), ("2147483647", 2_147_483_647),
            ("Sat, 21 Nov 2026 20:01:30 GMT", 90), ("Saturday, 21-Nov-26 20:01:30 GMT", 90),
            ("Sat Nov 21 20:01:30 2026", 90),
        ]
    )
    func delays(_ text: String, _ seconds: Int) {
        #expect(RetryAfter.delay(text, now: now) == .seconds(seconds))
    }

    @Test(
        "Nonsense in Retry-After, and what is not ahead, is no wish",
        arguments: [
            "", " ", "0", "-5", "+5", "1.5", "5s", "0x10", "٣", "99999999999999999999999", "soon",
            "Sat, 21 Nov 2026 20:00:00 GMT", "Sun, 06 Nov 1994 08:49:37 GMT",
        ]
    )
    func noDelay(_ text: String) {
        #expect(RetryAfter.delay(text, now: now) == nil)
    }
}
