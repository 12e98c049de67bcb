package import Events
import Outbox

extension EventDetails {
    /// The event JSON with `delivery`, `dispatches` and `attempts` at its end.
    var json: String {
        var json = JSONWriter(capacity: 4096)
        json.object {
            $0.field("delivery", delivery)
            $0.field("dispatches", dispatches)
            $0.field("attempts", attempts)
        }
        // Both are objects with fields: one closing and one opening brace make place for a comma.
        return event.json.dropLast() + "," + json.text.dropFirst()
    }
}

extension StoredDelivery: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("source", source)
            $0.field("provider", provider)
            $0.field("deliveryId", deliveryID)
            $0.field("eventName", eventName)
            $0.field("receivedAt", receivedAt)
            $0.field("headers", rawJSON: headers.utf8)
            $0.field("verifiedBy", verifiedBy)
            $0.field("payloadBytes", payloadBytes)
            $0.field("problem", problem)
        }
    }
}

extension StoredDispatch: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("listener", listener)
            $0.field("state", state)
            $0.field("attempts", attempts)
            $0.field("nextAttemptAt", nextAttemptAt)
            $0.field("finishedAt", finishedAt)
            $0.field("error", error)
            $0.field("reason", reason)
        }
    }
}

extension StoredAttempt: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object {
            $0.field("listener", listener)
            $0.field("attempt", attempt)
            $0.field("startedAt", startedAt)
            $0.field("durationMs", durationMilliseconds)
            $0.field("outcome", outcome)
            $0.field("error", error)
        }
    }
}
