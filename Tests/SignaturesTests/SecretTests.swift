import Signatures
import Testing

@Suite("Secrets")
struct SecretTests {
    @Test(
        "A secret that is empty or white space cannot be made",
        arguments: ["", " ", "\n", "\t \r\n\u{0B}\u{0C}"]
    )
    func blank(text: String) {
        #expect(Secret(reference: "env:BLANK", bytes: Array(text.utf8)) == nil)
    }

    @Test("No description has the secret in it")
    func redacted() throws {
        let secret = try #require(Secret(reference: "env:NAME", bytes: Array("hunter2".utf8)))
        for text in ["\(secret)", String(reflecting: secret), "\([secret])"] {
            #expect(text.contains("env:NAME"))
            #expect(!text.contains("hunter2") && !text.contains("104"))
        }
    }

    @Test(
        "A secret equals its own bytes alone",
        arguments: ["", "hunter", "hunter2 ", "Hunter2", "hunter22"]
    )
    func equality(other: String) throws {
        let secret = try #require(Secret(reference: "env:NAME", bytes: Array("hunter2".utf8)))
        #expect(secret.isEqual(to: Array("hunter2".utf8)))
        #expect(!secret.isEqual(to: Array(other.utf8)))
    }
}
