import Providers
import Signatures
import TestKit
import Testing

@Suite("Form fields")
struct FormFieldsTests {
    @Test(
        "A field is decoded",
        arguments: [
            ("payload=abc", "abc"), ("payload=a%20b+c", "a b c"), ("a=1&payload=2&b=3", "2"),
            ("payload=%7B%22a%22%3A%22%C3%A9%22%7D", #"{"a":"é"}"#), ("pay%6Coad=x", "x"),
            ("payload=a=b", "a=b"),
            ("payload=%2B%26%3D", "+&="), ("payload=100%", "100%"), ("payload=%zz%4", "%zz%4"),
            ("%70ayload=x", "x"), ("%70%61%79%6c%6F%61%64=%78", "x"), ("payloa%64", ""), ("payload&=2", ""),
            ("payload%3D=1&payload%26=2&payload=3", "3"), ("pay+load=1&payload=2", "2"),
            ("payload%=1&payload%6=2&payload=3", "3"), ("&=&&=payload&payload=&payload=2", ""),
            ("payload", ""), ("&&payload=1&payload=2", "1"), ("payload=%e2%82%AC", "€"),
        ]
    )
    func decoded(form: String, value: String) throws {
        let bytes = try #require(FormFields.value("payload", in: Array(form.utf8)))
        #expect(String(decoding: bytes, as: UTF8.self) == value)
    }

    @Test(
        "A field that is not there is not found",
        arguments: [
            "", "&", "=", "=payload", "payloa=1", "payload2=1", "payloa", "payload2", "%70", "payloa%6",
            "payload%3D1", "payload%261", "%2570ayload=1", "PAYLOAD=1", "a&a&a&a", "payload%00=1",
        ]
    )
    func missing(form: String) {
        #expect(FormFields.value("payload", in: Array(form.utf8)) == nil)
    }

    @Test("A value is decoded whole, however long it is and wherever its escapes stand", arguments: 0..<3)
    func longValues(shift: Int) throws {
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let text = bytes.map { "%" + Hexadecimal.encode([$0]) }.joined()
        let form = String(repeating: "a&", count: 10_000) + "payload=" + String(repeating: "x", count: shift)
        let expected = Array(repeating: UInt8(ascii: "x"), count: shift) + bytes
        #expect(FormFields.value("payload", in: Array("\(form)\(text)&b".utf8)) == expected)
        #expect(FormFields.value("payload", in: Array("\(form)\(text)%".utf8)) == expected + [0x25])
    }

    @Test("Forms made by chance are read as by someone who splits and decodes them first")
    func model() {
        var random = SeededGenerator(printedFor: "Form fields")
        let pieces = ["&", "=", "+", "%", "%2", "%70", "%3D", "%26", "payload", "pay", "load", "a", "é"]
        for _ in 0..<5000 {
            let count = Int.random(in: 0..<12, using: &random)
            let form = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let value = FormFields.value("payload", in: Array(form.utf8))
            #expect(value == Self.split(Array(form.utf8)), "\(form)")
        }
    }

    /// The same, the plain way.
    private static func split(_ form: [UInt8]) -> [UInt8]? {
        for field in form.split(separator: UInt8(ascii: "&")) {
            let end = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
            if decode(Array(field[..<end])) == Array("payload".utf8) {
                return decode(Array(field[end...].dropFirst()))
            }
        }
        return nil
    }

    private static func decode(_ text: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let decoded = Hexadecimal.decode(String(decoding: rest.prefix(2), as: UTF8.self))
            {
                bytes += decoded
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return bytes
    }
}
