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

    private func secrets(_ texts: String...) throws -> [Secret] {
        try texts.enumerated().map { index, text in
            try #require(Secret(reference: "env:S\(index)", bytes: Array(text.utf8)))
        }
    }

    @Test(
        "A secret is shown by its own bytes alone",
        arguments: ["", "hunter", "hunter2 ", "Hunter2", "hunter22"]
    )
    func shown(other: String) throws {
        let secrets = try secrets("hunter1", "hunter2", "hunter3")
        #expect(Secret.shown(by: Array("hunter2".utf8), of: secrets)?.reference == "env:S1")
        #expect(Secret.shown(by: Array(other.utf8), of: secrets) == nil)
        #expect(Secret.shown(by: Array(other.utf8), of: []) == nil)
    }

    @Test("What is longer than any secret is not looked at")
    func longerThanAny() throws {
        let long = String(repeating: "x", count: 5000)
        #expect(Secret.shownByteCountMax(of: try secrets("short")) == 1024)
        #expect(Secret.shownByteCountMax(of: try secrets("short", long)) == 5000)
        #expect(Secret.shown(by: Array(long.utf8), of: try secrets("short", long))?.reference == "env:S1")
        #expect(Secret.shown(by: Array((long + "x").utf8), of: try secrets(long)) == nil)
    }
}
