/// Commits were pushed, or a branch or tag was created or deleted by a push.
public struct PushEvent: Event {
    /// `push` alone.
    public static let kinds = [EventKind.push]

    /// What every event has.
    public let envelope: EventEnvelope
    /// What happened: always `pushed` today.
    public let action: PushAction
    /// The push.
    public let push: Push

    /// Makes an event that is not stored yet.
    public init(envelope: EventEnvelope, action: PushAction = .pushed, push: Push) {
        self.envelope = envelope
        self.action = action
        self.push = push
    }

    /// Decodes the event JSON.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: EventCodingKey.self)
        self.init(
            envelope: try EventEnvelope(from: decoder),
            action: try fields.decode(PushAction.self, forKey: .action),
            push: try fields.decode(Push.self, forKey: .push)
        )
    }

    /// The action's word.
    public var actionName: String? { action.rawValue }

    /// The same event as the outbox has it, under its id there.
    public func stored(as id: Int64) -> Self {
        Self(envelope: envelope.stored(as: id), action: action, push: push)
    }

    /// Writes the fields of the event JSON behind `kind`.
    public func writeFields(to json: inout JSONWriter) {
        json.event(action: action, envelope)
        json.field("push", push)
    }
}

/// What a push did to its first ref, and to all of them where it had several.
public struct Push: Codable, Hashable, JSONWritable, Sendable {
    /// What it did to the first ref.
    public var first: PushedRef
    /// What it did to each ref, the first included; nil where it had only one.
    public var refs: [PushedRef]?

    private enum CodingKeys: String, CodingKey {
        case refs
    }

    /// Makes a push.
    public init(first: PushedRef, refs: [PushedRef]? = nil) {
        self.first = first
        self.refs = refs
    }

    /// Decodes the event JSON's `push`.
    public init(from decoder: any Decoder) throws {
        first = try PushedRef(from: decoder)
        refs = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(
            [PushedRef].self,
            forKey: .refs
        )
    }

    /// Encodes the event JSON's `push`.
    public func encode(to encoder: any Encoder) throws {
        try first.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(refs, forKey: .refs)
    }

    /// Writes the push as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            first.writeFields(to: &$0)
            $0.detail("refs", refs)
        }
    }
}

/// What a push did to one ref.
public struct PushedRef: Codable, Hashable, JSONWritable, Sendable {
    /// The full name, such as `refs/heads/main`.
    public var ref: String?
    /// The commit before; nil when the ref was created.
    public var before: String?
    /// The commit after; nil when the ref was deleted.
    public var after: String?
    /// Whether the ref is new.
    public var created: Bool?
    /// Whether the ref is gone.
    public var deleted: Bool?
    /// Whether history was rewritten; nil where the provider does not say.
    public var forced: Bool?
    /// The number of commits; nil where the provider does not say.
    public var commitCount: Int?
    /// The message of the newest commit.
    public var headMessage: String?

    /// Makes a ref's change of which nothing is known.
    public init() {}

    /// Writes the change as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object { writeFields(to: &$0) }
    }

    func writeFields(to json: inout JSONWriter) {
        json.field("ref", ref)
        json.field("before", before)
        json.field("after", after)
        json.field("created", created)
        json.field("deleted", deleted)
        json.field("forced", forced)
        json.field("commitCount", commitCount)
        json.field("headMessage", headMessage)
    }
}

/// What happened to refs.
public struct PushAction: OpenEnum {
    /// The word in the event JSON.
    public let rawValue: String

    /// Wraps any word.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// Commits were pushed, or the ref was created or deleted.
    public static let pushed = Self(rawValue: "pushed")

    /// The one action of the model.
    public static let known: [Self] = [pushed]
}
