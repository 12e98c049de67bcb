import Events
import Foundation
import GRDB
import Outbox
import Providers
import TestKit
import Testing

@Suite("Real deliveries through the daemon", .timeLimit(.minutes(10)))
struct CorpusTests {
    /// A secret in the form that each provider takes; the others take any text.
    private static let secrets = [
        "azure-devops": "hooks:integration-secret",
        "gitlab": "whsec_dGVzdHRlc3R0ZXN0dGVzdHRlc3R0ZXN0dGVzdHRlc3Q=",
        "standard-webhooks": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ]

    /// What was posted, and what became of it.
    private struct Posted {
        let entry: Corpus.Entry
        let body: [UInt8]
        let answer: DaemonProcess.Answer
    }

    @Test(
        "The corpus has its 509 bodies, all of providers that there are",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)")
    )
    func providers() {
        #expect(Set(Corpus.entries.map(\.provider)).isSubset(of: Set(ProviderCatalog.standard.names)))
        #expect(Corpus.entries.count == 509)
    }

    @Test(
        "Every body, signed as its provider signs, gets 202 and a row; tampered with, 401 and none",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)"),
        arguments: ProviderCatalog.standard.names.filter { !Corpus.entries(of: $0).isEmpty }
    )
    func bodies(provider: String) async throws {
        let entries = Corpus.entries(of: provider)
        let secret = Self.secrets[provider] ?? DaemonProcess.secret
        let folder = try TemporaryFolder()
        let source = "hook: { provider: \(provider), secrets: [\"env:CORPUS_SECRET\"] }"
        try folder.writeConfiguration(DaemonProcess.configuration(sources: source, listeners: ""))
        let daemon = try await DaemonProcess(in: folder, environment: ["CORPUS_SECRET": secret])
        let hook = DaemonProcess.Hook(source: "hook", provider: provider, secret: secret)
        var posted: [Posted] = []
        for (number, entry) in entries.enumerated() {
            let body = try Corpus.bytes(entry.file)
            let name = entry.event
            let answer = try await daemon.post(body, event: name, deliveryID: entry.file, to: hook)
            #expect(answer.status == 202, "\(entry)")
            posted.append(Posted(entry: entry, body: body, answer: answer))
            let forged = try await daemon.post(
                body,
                event: name,
                deliveryID: "forged-\(number)",
                to: hook,
                tamper: { Self.tamper(&$0, with: number) }
            )
            #expect(forged.status == 401, "\(entry)")
        }
        try expectRows(posted, in: folder)
    }

    /// Changes one bit of the body, or of the password where nothing but that is authenticated.
    private static func tamper(_ request: inout WebhookRequest, with number: Int) {
        let isSigned = request.headers.only("Authorization") == nil
        guard isSigned else {
            let fields = request.headers.fields.map { name, value in
                (name: name, value: name == "Authorization" ? "Basic aG9va3M6Z3Vlc3NlZA==" : value)
            }
            request.headers = HeaderFields(fields)
            return
        }
        request.body[number * 7919 % request.body.count] ^= 1 << (number % 8)
    }

    /// Each accepted body is there byte for byte, with its events; what shares a delivery id with another is
    /// a duplicate.
    private func expectRows(_ posted: [Posted], in folder: TemporaryFolder) throws {
        let accepted = posted.filter { $0.answer.body.contains("accepted") }
        #expect(Set(posted.compactMap(\.answer.delivery)) == Set(accepted.compactMap(\.answer.delivery)))
        #expect(try folder.count("SELECT count(*) FROM deliveries") == accepted.count)
        #expect(try folder.count("SELECT count(*) FROM deliveries WHERE problem IS NOT NULL") == 0)
        #expect(
            try folder.count("SELECT count(*) FROM events")
                == accepted.reduce(0) { $0 + $1.answer.events.count }
        )
        let outbox = try OutboxReader(path: folder.path("outbox.db"))
        defer { outbox.close() }
        let rows = try folder.query("SELECT id, event_name FROM deliveries")
        let byId = Dictionary(uniqueKeysWithValues: rows.map { ($0["id"] as Int64, $0) })
        for posted in accepted {
            let id = try #require(posted.answer.delivery)
            let row = try #require(byId[id])
            #expect(try outbox.payload(ofDelivery: id) == posted.body, "\(posted.entry)")
            #expect(row["event_name"] as String? != nil, "\(posted.entry)")
        }
    }
}
