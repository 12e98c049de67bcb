import Signatures
import Testing

@Suite("Base64")
struct Base64Tests {
    @Test(
        "The vectors of RFC 4648 section 10 are written and read",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ]
    )
    func publishedVectors(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test("Every byte survives being written and read, wherever it stands", arguments: 0..<4)
    func roundTrip(shift: Int) {
        let bytes = Array(repeating: 0, count: shift) + (0...255).map { UInt8($0) }
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }

    @Test("A text's length tells how many bytes it has at least", arguments: 0..<100)
    func byteCountMin(count: Int) {
        let text = Base64.encode(Array(repeating: 0, count: count))
        #expect((count - 3...count).contains(Base64.byteCountMin(text)) || count < 3)
        #expect(Base64.byteCountMin(text) <= count)
        #expect(Base64.byteCountMin(text.filter { $0 != "=" }) <= count)
    }

    @Test("The last two characters of the alphabet are those of the standard")
    func alphabet() {
        #expect(Base64.encode([0xFB, 0xEF, 0xFF]) == "++//")
        #expect(Base64.decode("++//") == [0xFB, 0xEF, 0xFF])
    }

    @Test("The padding may be missing whole", arguments: [("Zg", "f"), ("Zm8", "fo"), ("Zm9vYg", "foob")])
    func withoutPadding(encoded: String, text: String) {
        #expect(Base64.decode(encoded) == Array(text.utf8))
        #expect(Base64.decode("  \(encoded)".dropFirst(2)) == Array(text.utf8))
    }

    @Test(
        "Anything else is refused",
        arguments: [
            "Z", "Zm9vY", "=", "==", "====", "Zg=", "Zg===", "Zm8==", "Zm9v=", "Zm9v====", "Z===", "Z=g=",
            "Zg==Zg==", "Zm9v\n", " Zm9v", "Zm 9v", "-_-_", "Zm9*", "é+==", "Zm9v\0", "whsec_Zm9v",
        ]
    )
    func refused(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(
        "Bits behind the last byte have to be zero",
        arguments: ["Zh==", "Zh", "Zv==", "Zm9=", "Zm+", "Zm/="]
    )
    func trailingBits(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
