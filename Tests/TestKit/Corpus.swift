import Foundation

/// Real deliveries from public projects, which are no part of this repository.
///
/// They are looked for in `FORGEWIRE_CORPUS`, else beside the checkout. Tests that need them say so with
/// `.enabled(if: Corpus.isPresent, "\(Corpus.absence)")`.
package enum Corpus {
    /// Whether the corpus is there.
    package static let isPresent = FileManager.default.fileExists(atPath: path("manifest.jsonl"))

    /// What a skipped test says.
    package static let absence = "no corpus: set FORGEWIRE_CORPUS to its folder"

    /// One body, as the manifest describes it.
    package struct Entry: CustomStringConvertible, Decodable, Sendable {
        /// The path of the body within the corpus.
        package let file: String
        /// The provider that sent it.
        package let provider: String
        /// The value of the provider's event header, or the body's own name of the event.
        package let event: String
        /// The request headers, where the source recorded them.
        package let headers: [String: String]?

        /// The path.
        package var description: String { file }
    }

    /// One signed request.
    package struct SignatureVector: CustomStringConvertible, Decodable, Sendable {
        /// The provider that signs like this.
        package let provider: String
        /// The scheme's name.
        package let scheme: String
        /// The secret as configured.
        package let secret: String
        /// The request headers.
        package let headers: [String: String]
        /// The body, if it stands in the vector.
        package let body: String?
        /// The path of the body within the corpus, if it does not.
        package let bodyFile: String?
        /// Whether the signature is right for its scheme.
        package let expectedValid: Bool
        /// Where it comes from.
        package let source: String

        /// Provider, scheme and source.
        package var description: String { "\(provider) \(scheme): \(source)" }

        private enum CodingKeys: String, CodingKey {
            case provider, scheme, secret, headers, body, source
            case bodyFile = "body_file"
            case expectedValid = "expected_valid"
        }

        /// The bytes of the body.
        package func bytes() throws -> [UInt8] {
            if let body { return Array(body.utf8) }
            return try Corpus.bytes(bodyFile ?? "")
        }
    }

    /// All bodies; none where there is no corpus.
    package static let entries: [Entry] = lines("manifest.jsonl")

    /// All bodies of a provider; none where there is no corpus.
    package static func entries(of provider: String) -> [Entry] {
        entries.filter { $0.provider == provider }
    }

    /// All signed requests; none where there is no corpus.
    package static let signatureVectors: [SignatureVector] = lines("signature-vectors.jsonl")

    /// The signed requests of some providers; none where there is no corpus.
    package static func signatureVectors(of providers: Set<String>) -> [SignatureVector] {
        signatureVectors.filter { providers.contains($0.provider) }
    }

    /// A file of the corpus.
    package static func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(file))))
    }

    /// The objects of a file with one a line.
    ///
    /// One that cannot be read gives none; then the tests that count them fail.
    private static func lines<Value: Decodable>(_ file: String) -> [Value] {
        guard let text = try? bytes(file) else { return [] }
        return text.split(separator: UInt8(ascii: "\n")).compactMap {
            try? JSONDecoder().decode(Value.self, from: Data($0))
        }
    }

    private static func path(_ file: String) -> String { folder.appendingPathComponent(file).path }

    private static let folder: URL = {
        if let path = ProcessInfo.processInfo.environment["FORGEWIRE_CORPUS"] {
            return URL(fileURLWithPath: path)
        }
        var checkout = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in ["Corpus.swift", "TestKit", "Tests"] { checkout.deleteLastPathComponent() }
        return checkout.deletingLastPathComponent().appendingPathComponent("shared/corpus")
    }()
}
