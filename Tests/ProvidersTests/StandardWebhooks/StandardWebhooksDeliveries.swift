/// Deliveries of Standard Webhooks, which have no neutral kind.
enum StandardWebhooksDeliveries {
    static let all = [
        TestDelivery(
            nil,
            "unknown.user.created",
            body: #"{"type":"user.created","timestamp":"2026-01-01T00:00:00Z","data":{}}"#
        ),
        TestDelivery(nil, "unknown", body: #"{"data":{"id":7}}"#),
    ]
}
