import Signatures
import Testing

@Suite("Hexadecimal digits")
struct HexadecimalTests {
    @Test("Every byte survives being written and read")
    func roundTrip() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
    }

    @Test("Digits are written in lower case and read in either")
    func letterCase() {
        #expect(Hexadecimal.encode([0xAB, 0x0F]) == "ab0f")
        #expect(Hexadecimal.decode("aBaB") == [0xAB, 0xAB])
        #expect(Hexadecimal.decode("") == [])
    }

    @Test(
        "Anything else is refused",
        arguments: ["a", "abc", "0x", "gg", " ab", "ab ", "a b", "é", "/0", ":0", "@0"]
    )
    func refused(text: String) {
        #expect(Hexadecimal.decode(text) == nil)
    }
}
