import Dispatcher
import Events
import FoundationEssentials
import Logging
import TestKit
import Testing

@Suite("Documents for listeners outside the process")
struct EventDocumentTests {
    private struct Document: Decodable {
        var id: Int64
        var kind: String
        var payload: String?
        var payloadBase64: String?
    }

    @Test("Without the payload, the document is the event JSON as it is stored")
    func withoutPayload() async throws {
        let attempt = Attempt(payload: { throw CancellationError() })
        #expect(try await eventDocument(attempt, includesPayload: false) == attempt.dispatch.json)
    }

    @Test(
        "A payload that is text comes as text, whatever is in it",
        arguments: ["", "{}", "a\"\\\n\u{0}\u{7F}é✓"]
    )
    func text(payload: String) async throws {
        let attempt = Attempt(payload: { Array(payload.utf8) })
        let bytes = try await eventDocument(attempt, includesPayload: true)
        #expect(!bytes.contains(0x0A))
        let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        #expect(document.id == 15)
        #expect(document.kind == "pull_request")
        #expect(document.payload == payload)
        #expect(document.payloadBase64 == nil)
        #expect(bytes.starts(with: attempt.dispatch.json.dropLast()))
    }

    @Test(
        "A payload that is no UTF-8 comes in Base64",
        arguments: [[0xFF], [0x7B, 0xC3, 0x28, 0x7D], [0xED, 0xA0, 0x80]]
    )
    func bytes(payload: [UInt8]) async throws {
        let attempt = Attempt(payload: { payload })
        let bytes = try await eventDocument(attempt, includesPayload: true)
        let document = try JSONDecoder().decode(Document.self, from: Data(bytes))
        #expect(document.payload == nil)
        #expect(document.payloadBase64.flatMap { Data(base64Encoded: $0) } == Data(payload))
    }

    @Test("A payload that cannot be read fails the attempt")
    func unreadable() async throws {
        let attempt = Attempt(payload: { throw CancellationError() })
        await #expect(throws: CancellationError.self) {
            try await eventDocument(attempt, includesPayload: true)
        }
    }
}

extension Attempt {
    fileprivate init(payload: @escaping @Sendable () async throws -> [UInt8]) {
        self.init(
            dispatch: .example(),
            deadline: .showing(Timestamp(milliseconds: 0)),
            logger: Logger(label: "test"),
            payload: payload,
            isInterrupted: { false }
        )
    }
}
