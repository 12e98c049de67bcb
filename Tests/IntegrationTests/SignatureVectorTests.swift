import Foundation
import NIOHTTP1
import TestKit
import Testing

@Suite("Signature vectors through the daemon", .timeLimit(.minutes(10)))
struct SignatureVectorTests {
    /// SHA-1 and SHA-512 are refused however right they are, and so are signatures that carry a time: they
    /// are dated years back.
    private static func isTaken(_ vector: Corpus.SignatureVector) -> Bool {
        vector.expectedValid && ["hub-sha256", "hmac-hex-bare-sha256"].contains(vector.scheme)
    }

    /// `generic` means signed as GitHub signs.
    private static func provider(of vector: Corpus.SignatureVector) -> String {
        vector.provider == "generic" ? "github" : vector.provider
    }

    @Test(
        "Each is judged as the contract says, and what is refused leaves no row",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)")
    )
    func vectors() async throws {
        let vectors = Corpus.signatureVectors
        try #require(vectors.count > 50)
        let folder = try TemporaryFolder()
        let sources = vectors.enumerated().map { index, vector in
            "v\(index): { provider: \(Self.provider(of: vector)), secrets: [\"env:VECTOR_\(index)\"] }"
        }
        let secrets = vectors.enumerated().map { ("VECTOR_\($0)", $1.secret) }
        try folder.writeConfiguration(
            DaemonProcess.configuration(sources: sources.joined(separator: ", "), listeners: "")
        )
        let daemon = try await DaemonProcess(
            in: folder,
            environment: Dictionary(uniqueKeysWithValues: secrets)
        )
        for (index, vector) in vectors.enumerated() {
            var headers = HTTPHeaders(vector.headers.map { ($0.key, $0.value) })
            if headers["Content-Type"].isEmpty {
                headers.add(name: "Content-Type", value: "application/json")
            }
            let url = "\(daemon.ingest)/webhooks/v\(index)"
            let answer = try await daemon.request("POST", url, headers: headers, body: vector.bytes())
            #expect(answer.status == (Self.isTaken(vector) ? 202 : 401), "\(vector)")
            if answer.status == 401 { #expect(answer.body == #"{"error":"unauthenticated"}"#) }
            let rows = try folder.count("SELECT count(*) FROM deliveries WHERE source = 'v\(index)'")
            #expect(rows == (Self.isTaken(vector) ? 1 : 0), "\(vector)")
        }
    }
}
