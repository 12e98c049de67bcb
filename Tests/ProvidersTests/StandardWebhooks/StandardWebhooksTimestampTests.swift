import Events
import Providers
import Signatures
import Testing

@Suite("Standard Webhooks timestamps")
struct StandardWebhooksTimestampTests {
    /// A request signed at a time of its own choice, received at that of the hook.
    private func request(_ hook: Hook, signedAt: Timestamp) throws -> WebhookRequest {
        let webhook = OutgoingWebhook(
            eventName: nil,
            deliveryId: Hook.deliveryId,
            body: Array("{}".utf8),
            sentAt: signedAt
        )
        var request = try StandardWebhooks().request(for: webhook, secret: hook.secret)
        request.receivedAt = hook.receivedAt
        return request
    }

    @Test(
        "It may be off by the tolerance in both directions, counted in whole seconds",
        arguments: [
            (0, true), (-299, true), (-300, true), (-301, false), (299, true), (300, true), (301, false),
            (-86_400, false), (86_400, false),
        ]
    )
    func tolerance(seconds: Int, isTaken: Bool) throws {
        let hook = try Hook(StandardWebhooks())
        let request = try request(hook, signedAt: hook.receivedAt.advanced(by: .seconds(seconds)))
        #expect(hook.isRefused(request) == !isTaken)
    }

    @Test("The tolerance is the source's", arguments: [(0, 1), (1, 2), (3600, 3601)])
    func configured(tolerance: Int, refused: Int) throws {
        var hook = try Hook(StandardWebhooks())
        hook.source.policy.tolerance = .seconds(tolerance)
        for sign in [-1, 1] {
            let last = hook.receivedAt.advanced(by: .seconds(sign * tolerance))
            #expect(hook.isRefused(try request(hook, signedAt: last)) == false)
            let next = hook.receivedAt.advanced(by: .seconds(sign * refused))
            #expect(hook.isRefused(try request(hook, signedAt: next)))
        }
    }

    @Test(
        "It has digits alone, however well it is signed",
        arguments: [
            "+1767225600", " 1767225600", "1767225600 ", "1767225600.0", "1767225600123", "1.767225600e9",
            "-1767225600", "0x69563c80", "٣", "2026-01-01T00:00:00Z", "99999999999999999999", "1767225600,0",
        ]
    )
    func digits(timestamp: String) throws {
        let hook = try Hook(StandardWebhooks())
        #expect(hook.isRefused(try signed(hook, timestamp: timestamp)))
    }

    @Test("It is signed as it was sent", arguments: ["1767225600", "001767225600"])
    func asReceived(timestamp: String) throws {
        let hook = try Hook(StandardWebhooks())
        #expect(!hook.isRefused(try signed(hook, timestamp: timestamp)))
    }

    /// A request with a right signature over any text as its time.
    private func signed(_ hook: Hook, timestamp: String) throws -> WebhookRequest {
        let key = try #require(Base64.decode(String(decoding: hook.secret.bytes.dropFirst(6), as: UTF8.self)))
        let message = Array("\(Hook.deliveryId).\(timestamp).{}".utf8)
        let signature = "v1," + Base64.encode(HMACSHA256.code(of: message, key: key))
        return try hook.request(
            nil,
            Array("{}".utf8),
            ["webhook-timestamp": timestamp, "webhook-signature": signature]
        )
    }
}
