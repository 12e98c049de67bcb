import Foundation
import GRDB
import Providers
import TestKit
import Testing

@Suite("Real deliveries through the daemon", .timeLimit(.minutes(5)))
struct CorpusTests {
    @Test(
        "Every GitHub body, signed, gets 202; with one bit flipped, 401 and no row",
        .enabled(if: Corpus.isPresent, "\(Corpus.absence)")
    )
    func githubBodies() async throws {
        let folder = try TemporaryFolder()
        try folder.writeConfiguration(DaemonProcess.configuration(listeners: ""))
        let daemon = try await DaemonProcess(in: folder)
        let entries = Corpus.entries(of: "github")
        #expect(entries.count == 319)
        for (number, entry) in entries.enumerated() {
            let body = try Corpus.bytes(entry.file)
            let answer = try await daemon.post(body, event: entry.event, deliveryID: entry.file)
            #expect(answer.status == 202, "\(entry)")
            #expect(answer.events.count == 1, "\(entry)")
            let forged = try await daemon.post(
                flipped(body, at: number),
                event: entry.event,
                deliveryID: "forged-\(number)",
                headers: ["X-Hub-Signature-256": DaemonProcess.signature(of: body)]
            )
            #expect(forged.status == 401, "\(entry)")
        }
        #expect(try folder.count("SELECT count(*) FROM deliveries") == entries.count)
        #expect(try folder.count("SELECT count(*) FROM deliveries WHERE problem IS NOT NULL") == 0)
        for entry in entries {
            let row = try #require(
                try folder.query(
                    "SELECT event_name, payload FROM deliveries WHERE delivery_id = '\(entry.file)'"
                ).first
            )
            #expect(row["event_name"] == entry.event)
            #expect([UInt8](row["payload"] as Data) == (try Corpus.bytes(entry.file)))
        }
    }

    private func flipped(_ body: [UInt8], at number: Int) -> [UInt8] {
        var body = body
        body[number * 7919 % body.count] ^= 1 << (number % 8)
        return body
    }
}
