import Testing

@testable import Settings

@Suite("Secret references")
struct SecretReferenceTests {
    @Test(
        "A reference reads and writes the same",
        arguments: [
            ("env:FORGEWIRE_GITHUB_SECRET", SecretReference.environment("FORGEWIRE_GITHUB_SECRET")),
            ("env:_x1", .environment("_x1")),
            ("file:/run/secrets/a:b c", .file("/run/secrets/a:b c")),
            ("file:.forgewire/github.secret", .file(".forgewire/github.secret")),
            ("credential:github", .credential("github")),
            ("credential:git.hub-1", .credential("git.hub-1")),
        ]
    )
    func good(text: String, reference: SecretReference) {
        #expect(SecretReference(text) == reference)
        #expect(reference.description == text)
    }

    @Test(
        "Anything else is no reference",
        arguments: [
            "", "hunter2", "env:", "env:1A", "env:A B", "env:A-B", "env:ü", "ENV:A", "file:", "file:a\u{0}b",
            "file:a\nb", "credential:", "credential:.", "credential:..", "credential:../x", "vault:x",
            "whsec_abc",
            " env:A", "credential:" + String(repeating: "a", count: 256),
        ]
    )
    func bad(text: String) {
        #expect(SecretReference(text) == nil)
    }
}
