import Providers
import Signatures
import Testing

@Suite("How much of a secret has to be guessed")
struct SecretLengthTests {
    private func secret(_ text: String) throws -> Secret {
        try #require(Secret(reference: "env:S", bytes: Array(text.utf8)))
    }

    @Test(
        "It is what the sender signs or shows: a key's bytes, a password, a text as it is",
        arguments: [
            ("github", "hunter2", 7), ("gitea", "whsec_MfKQ", 10), ("gitlab", "plain-token", 11),
            ("gitlab", "whsec_MfKQ9r8G", 6),
            ("standard-webhooks", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", 24),
            ("standard-webhooks", "MfKQ9r8G", 6), ("azure-devops", "a-very-long-user-name:p:w", 3),
            ("azure-devops", ":0123456789abcdef", 16),
            ("standard-webhooks", "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=", Int.max),
        ]
    )
    func guessed(provider: String, text: String, count: Int) throws {
        let provider = try #require(ProviderCatalog.standard.named(provider))
        #expect(try provider.guessedByteCount(of: secret(text)) == count)
    }

    @Test("Of what signs requests, too", arguments: [("whsec_MfKQ9r8G", 6), ("plain", 5)])
    func signer(text: String, count: Int) throws {
        #expect(try WebhookSigner.guessedByteCount(of: secret(text)) == count)
    }
}
