import Providers
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
            ("payload", ""), ("&&payload=1&payload=2", "1"), ("payload=%e2%82%AC", "€"),
        ]
    )
    func decoded(form: String, value: String) throws {
        let bytes = try #require(FormFields.value("payload", in: Array(form.utf8)))
        #expect(String(decoding: bytes, as: UTF8.self) == value)
    }

    @Test(
        "A field that is not there is not found",
        arguments: ["", "&", "=", "=payload", "payloa=1", "payload2=1"]
    )
    func missing(form: String) {
        #expect(FormFields.value("payload", in: Array(form.utf8)) == nil)
    }
}
