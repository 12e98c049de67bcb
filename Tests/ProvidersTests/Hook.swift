import Events
import Foundation
import Providers
import Signatures
import Testing

/// A source with a secret, and requests that its provider could have sent to it.
struct Hook {
    var source: Source
    let secret: Secret
    let receivedAt = Timestamp(milliseconds: 1_767_225_600_123)

    static let deliveryId = "72d3162e-cc78-11e3-81ab-4c9367dc0958"

    init(_ provider: any Provider = GitHub(), secret text: String? = nil) throws {
        let text = text ?? TestedProviders.secret(of: provider)
        secret = try #require(Secret(reference: "env:HOOK", bytes: Array(text.utf8)))
        source = Source(name: "hook", provider: provider, secrets: [secret])
    }

    /// A signed request; header fields given here replace those that GitHub would send.
    func request(
        _ event: String?,
        _ body: [UInt8],
        _ replaced: [String: String?] = [:]
    ) throws -> WebhookRequest {
        let webhook = OutgoingWebhook(
            eventName: event,
            deliveryId: Self.deliveryId,
            body: body,
            sentAt: receivedAt
        )
        let names = Set(replaced.keys.map { $0.lowercased() })
        let request = try source.provider.request(for: webhook, secret: secret)
        var fields = request.headers.fields.filter { !names.contains($0.name.lowercased()) }
        for (name, value) in replaced { if let value { fields.append((name: name, value: value)) } }
        return WebhookRequest(headers: HeaderFields(fields), body: request.body, receivedAt: receivedAt)
    }

    /// The delivery that a request makes.
    func delivery(_ request: WebhookRequest) throws -> Delivery {
        #expect(source.refuses(head: request.headers) == nil)
        guard case .authentic(let delivery) = source.admit(request) else {
            Issue.record("not authentic: \(source.admit(request))")
            throw NotAuthentic()
        }
        return delivery
    }

    /// The delivery that a signed body makes.
    func delivery(_ event: String?, _ json: String) throws -> Delivery {
        try delivery(request(event, Array(json.utf8)))
    }

    struct NotAuthentic: Error {}
}

/// The only event of a signed body, of the type that the test wants; a problem is an error.
func event<Wanted: Event>(
    _ name: String?,
    _ json: String,
    from provider: any Provider = GitHub(),
    as type: Wanted.Type = Wanted.self,
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> Wanted {
    let delivery = try Hook(provider).delivery(name, json)
    #expect(delivery.problem == nil, sourceLocation: sourceLocation)
    #expect(delivery.events.count == 1, sourceLocation: sourceLocation)
    let event = try #require(delivery.events.first as? Wanted, sourceLocation: sourceLocation)
    // What the outbox stores must be what was mapped.
    let stored = try Wanted.decode(json: Array(event.json.utf8))
    #expect(stored.json == event.json, sourceLocation: sourceLocation)
    return event
}

/// The unknown event of a signed body and why it is that.
func unknown(
    _ name: String?,
    _ json: String,
    from provider: any Provider = GitHub(),
    sourceLocation: SourceLocation = #_sourceLocation
) throws -> (event: UnknownEvent, problem: String?) {
    let delivery = try Hook(provider).delivery(name, json)
    #expect(delivery.events.count == 1, sourceLocation: sourceLocation)
    let event = try #require(delivery.events.first as? UnknownEvent, sourceLocation: sourceLocation)
    return (event, delivery.problem)
}

/// A moment, written as people write it.
func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }
