import Testing

@testable import Settings

@Suite("Addresses and ranges")
struct IPAddressTests {
    @Test(
        "An address has one form as text",
        arguments: [
            ("10.1.0.255", "10.1.0.255"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
            ("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("::ffff:10.1.2.3", "10.1.2.3"),
            ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
        ]
    )
    func text(given: String, written: String) {
        #expect(IPAddress(given)?.description == written)
    }

    @Test(
        "What is no address is nil",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "1.2.3.256", "01.2.3.4", "1.2.3.+4", ":", ":::", "1::2::3", "12345::",
            "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "::1:2:3:4:5:6:7:8", "fe80::1%eth0", "1.2.3.4::", "g::",
            "1:2:3:4:5:6:7:1.2.3.4",
        ]
    )
    func malformed(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("A range holds the addresses that share its prefix")
    func range() throws {
        let range = try ValueParser<AddressRange>.addressRange.parse("10.1.0.0/16")
        #expect(range.contains(try #require(IPAddress("10.1.255.3"))))
        #expect(range.contains(try #require(IPAddress("::ffff:10.1.0.1"))))
        #expect(!range.contains(try #require(IPAddress("10.2.0.0"))))
        #expect(!range.contains(try #require(IPAddress("::1"))))
    }

    @Test("A prefix may end inside a byte, be empty, or be the whole address")
    func prefixes() throws {
        let parser = ValueParser<AddressRange>.addressRange
        #expect(try parser.parse("fc00::/7").contains(try #require(IPAddress("fdff::1"))))
        #expect(!(try parser.parse("fc00::/7").contains(try #require(IPAddress("fe00::1")))))
        #expect(try parser.parse("0.0.0.0/0").contains(try #require(IPAddress("255.1.2.3"))))
        #expect(try parser.parse("10.0.0.7").description == "10.0.0.7/32")
    }

    @Test(
        "What is no range is refused",
        arguments: ["", "10.1.0.0/33", "10.1.0.0/-1", "10.1.0.0/", "x/8", "::/129"]
    )
    func malformedRange(text: String) {
        #expect(throws: ValueProblem.self) { try ValueParser<AddressRange>.addressRange.parse(text) }
    }

    @Test("Bits behind the prefix suggest the range without them")
    func hostBits() {
        let problem = #expect(throws: ValueProblem.self) {
            try ValueParser<AddressRange>.addressRange.parse("10.1.2.3/16")
        }
        #expect(problem?.suggestion == "10.1.0.0/16")
    }
}
