import Foundation
import Signatures
import GRDB
import NIOHTTP1
import TestKit
import Testing

@Suite("What an endpoint can verify", .timeLimit(.minutes(10)))
struct EndpointSignatureTests {
    private static let keys = [
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw": Base64.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
        "a plain secret": Array("a plain secret".utf8),
    ]

    @Test("Each secret signs each request, whose id stays the same over attempts and a redrive")
    func signatures() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint { $0.ordinal < 3 ? .failure : .ok }
        let secrets = #"signingSecrets: ["env:FIRST", "env:SECOND"]"#
        let hook = endpoint.listener(secrets, "retry: { initial: 10ms, maxAttempts: 2 }")
        try folder.configure("hook: \(hook)")
        let names = zip(["FIRST", "SECOND"], Self.keys.keys.sorted())
        let environment = Dictionary(uniqueKeysWithValues: names.map { ($0, $1) })
        let daemon = try await DaemonProcess(in: folder, environment: environment)
        _ = try await daemon.deliver(1)
        try await daemon.died()
        try await daemon.settle { try folder.states(of: "hook") == ["dead": 1] }
        try await folder.forgewire("redrive", "--all")
        try await daemon.delivered(1, by: "hook")
        try await daemon.stop()
        #expect(endpoint.requests.count == 3)
        for request in endpoint.requests { try expectSigned(request) }
        let ids = Set(endpoint.requests.map { $0.headers["webhook-id"] })
        #expect(ids.count == 1)
        #expect(ids.first?.first?.contains(".") == false)
        #expect(!daemon.log.lines.contains { line in environment.values.contains { line.contains($0) } })
    }

    @Test("Without a secret, requests have an id and a time, but no signature")
    func unsigned() async throws {
        let folder = try TemporaryFolder()
        let endpoint = try await LoopbackEndpoint()
        try folder.configure("hook: \(endpoint.listener())")
        let daemon = try await DaemonProcess(in: folder)
        _ = try await daemon.deliver(1)
        try await daemon.delivered(1, by: "hook")
        try await daemon.stop()
        let request = try #require(endpoint.requests.first)
        #expect(request.headers.contains(name: "webhook-id"))
        #expect(request.headers.contains(name: "webhook-timestamp"))
        #expect(!request.headers.contains(name: "webhook-signature"))
        #expect(request.headers["content-type"] == ["application/json"])
        let stored = try #require(try folder.query("SELECT event FROM events").first)
        #expect(String(decoding: request.body, as: UTF8.self) == stored[0] as String)
    }

    private func expectSigned(_ request: LoopbackEndpoint.Request) throws {
        let id = try #require(request.headers["webhook-id"].first)
        let time = try #require(request.headers["webhook-timestamp"].first)
        let message = Array("\(id).\(time).".utf8) + request.body
        let expected = try Self.keys.values.map { key in
            "v1," + Base64.encode(HMACSHA256.code(of: message, key: try #require(key)))
        }
        let signatures = try #require(request.headers["webhook-signature"].first).split(separator: " ")
        #expect(Set(signatures.map(String.init)) == Set(expected))
    }
}
