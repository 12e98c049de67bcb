/// An event of any kind, for listeners that take everything.
public struct AnyEvent: Event {
    /// All kinds.
    public static let kinds = EventKind.allCases

    /// What every event has.
    public let envelope: EventEnvelope
    /// What happened, if the event says.
    public let action: String?
    /// The whole event JSON.
    public let json: String

    private struct Action: Decodable {
        var action: String?
    }

    /// Decodes the envelope, without the text, which a decoder cannot give; `decode(json:)` keeps it.
    public init(from decoder: any Decoder) throws {
        envelope = try EventEnvelope(from: decoder)
        action = try Action(from: decoder).action
        json = ""
    }

    /// Takes over what any event has, and its whole text.
    ///
    /// - Parameters:
    ///   - event: The event, of any type.
    ///   - json: The JSON of that event.
    package init(_ event: any Event, json: [UInt8]) {
        self.init(event.envelope, action: event.actionName, json: String(decoding: json, as: UTF8.self))
    }

    private init(_ envelope: EventEnvelope, action: String?, json: String) {
        self.envelope = envelope
        self.action = action
        self.json = json
    }

    /// Reads the envelope and keeps the text.
    ///
    /// - Throws: `DecodingError` if the text is not an event.
    public static func decode(json: [UInt8]) throws -> AnyEvent {
        AnyEvent(try decodeJSON(AnyEvent.self, from: json), json: json)
    }

    /// Reads the event as one of a certain type.
    ///
    /// - Throws: `DecodingError` if it is of another type.
    public func decoded<Other: Event>(as type: Other.Type = Other.self) throws -> Other {
        try Other.decode(json: Array(json.utf8))
    }

    /// The action's word.
    public var actionName: String? { action }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> AnyEvent {
        // The id stands in front in every event JSON, so the first comma is the one behind it.
        let tail = json.drop { $0 != "," }
        return AnyEvent(envelope.stored(as: id), action: action, json: "{\"id\":\(id)" + tail)
    }

    /// Writes the action and the envelope alone: the fields of the kind are in `json`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
    }
}
