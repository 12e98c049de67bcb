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

    private init(_ other: AnyEvent, json: [UInt8]) {
        envelope = other.envelope
        action = other.action
        self.json = String(decoding: json, as: UTF8.self)
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

    /// Writes the action and the envelope alone: the fields of the kind are in `json`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
    }
}
