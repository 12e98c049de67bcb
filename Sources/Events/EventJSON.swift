internal import FoundationEssentials

extension Event {
    /// The event JSON, as it is stored and as commands and HTTP endpoints get it.
    public var json: String { EventJSON(self).text(id: id) }

    /// Reads the event JSON.
    ///
    /// - Throws: `DecodingError` if the text is not an event of this type.
    public static func decode(json: [UInt8]) throws -> Self {
        let event = try decodeJSON(Self.self, from: json)
        // An `UnknownEvent` would take any event: it needs no field that others lack.
        guard kinds.contains(event.kind) else {
            throw DecodingError.typeMismatch(
                Self.self,
                .init(codingPath: [], debugDescription: "an event of the kind \(event.kind.rawValue)")
            )
        }
        return event
    }
}

/// Decodes with the standard library's decoder: events are small when they are read back.
func decodeJSON<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws -> Value {
    try JSONDecoder().decode(type, from: Data(json))
}

/// An event's JSON before the outbox has given it an id.
package struct EventJSON: Sendable {
    /// The text from behind the id to the end, with the comma before it.
    package let tail: [UInt8]

    /// Renders an event; the id it may have is not taken over.
    package init(_ event: some Event) {
        var json = JSONWriter()
        json.object { json in
            let envelope = event.envelope
            json.continueObject()
            json.field("schema", envelope.schema)
            json.field("kind", envelope.kind)
            event.writeFields(to: &json)
        }
        tail = Array(json.bytes.dropFirst())
    }

    /// The whole text with the id in its place, in front.
    package func text(id: Int64) -> String { String(decoding: bytes(id: id), as: UTF8.self) }

    /// The whole text with the id in its place, in front.
    package func bytes(id: Int64) -> [UInt8] { Array("{\"id\":\(id)".utf8) + tail }
}

extension JSONWriter {
    /// Writes the action and, behind it, the fields that every event has.
    mutating func event(action: (some JSONWritable)?, _ envelope: EventEnvelope) {
        field("action", action)
        field("provider", envelope.provider)
        field("source", envelope.source)
        field("subject", envelope.subject)
        field("deliveryId", envelope.deliveryId)
        field("receivedAt", envelope.receivedAt)
        field("occurredAt", envelope.occurredAt)
        field("repository", envelope.repository)
        field("actor", envelope.actor)
    }
}

/// The one field that tells a decoder more than the envelope does.
enum EventCodingKey: String, CodingKey {
    case action, checkRun, checkSuite, comment, pullRequest, push, review
}
