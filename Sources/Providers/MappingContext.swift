package import Events

/// What is known of a delivery before its body is mapped, and what the mapping had to leave out.
package struct MappingContext: Sendable {
    /// The configured source.
    package let source: String
    /// The provider's name.
    package let provider: String
    /// The id of the delivery, as it is stored.
    package let deliveryId: String
    /// The provider's own name of the event.
    package let eventName: String?
    /// When the request was complete.
    package let receivedAt: Timestamp
    /// What was left out so far, each as a sentence without a full stop.
    package private(set) var problems: [String]

    /// How many problems one delivery is told; a body with thousands of bad ids says no more than this.
    package static let problemCountMax = 8

    /// Takes over which delivery a request is, with what of that can be stored.
    package init(_ request: WebhookRequest, source: Source, identity: DeliveryIdentity) {
        var problems: [String] = []
        func stored(_ text: String?, _ name: String) -> String? {
            guard let text, !text.isEmpty else { return nil }
            guard let fault = ShortText.fault(in: text) else { return text }
            problems.append("the \(name) \(fault) and was left out")
            return nil
        }
        self.source = source.name
        provider = source.provider.name
        deliveryId =
            stored(identity.deliveryId, "delivery id") ?? DeliveryIdentity.digest(of: request.body)
        eventName = stored(identity.eventName, "event name")
        receivedAt = request.receivedAt
        self.problems = problems
    }

    /// Everything that was reported, for `deliveries.problem`; nil if that is nothing.
    package var problem: String? {
        problems.isEmpty ? nil : problems.joined(separator: "; ")
    }

    /// Notes what could not be read or taken over, once.
    package mutating func report(_ problem: String) {
        guard problems.count < Self.problemCountMax, !problems.contains(problem) else { return }
        problems.append(problem)
    }

    /// A text that may stand in a column; one that breaks the rule of `ShortText` is reported and left out.
    package mutating func shortText(_ text: String?, _ name: String) -> String? {
        guard let text, !text.isEmpty else { return nil }
        guard let fault = ShortText.fault(in: text) else { return text }
        report("the \(name) \(fault) and was left out")
        return nil
    }

    /// An id, which providers write as an integer or as text.
    package mutating func identifier(_ value: JSONValue, _ name: String) -> String? {
        switch value.kind {
        case .number: value.int64.map(String.init)
        case .string: shortText(value.string, name)
        default: nil
        }
    }

    /// The object that an event is about; its absence is reported.
    package mutating func object(_ name: String, of body: JSONValue) -> JSONValue? {
        let object = body[name]
        guard !object.isObject else { return object }
        report("the \(eventName ?? "") event has no \(name) object")
        return nil
    }

    /// The number of the pull request or issue that an event is about; its absence is reported.
    ///
    /// - Parameters:
    ///   - object: The pull request or issue.
    ///   - name: The object's name in the body, for the report.
    ///   - key: The name of the number in the object.
    /// - Returns: The number, if there is one.
    package mutating func number(of object: JSONValue, _ name: String, key: String = "number") -> Int? {
        if let number = object[key].number { return number }
        report("the \(eventName ?? "") event has no \(key) in its \(name) object")
        return nil
    }

    /// The envelope of one of the delivery's events; a subject that breaks the rule of `ShortText` is
    /// reported and left out.
    package mutating func envelope(
        _ kind: EventKind,
        subject: String? = nil,
        occurredAt: Timestamp? = nil,
        repository: Repository? = nil,
        actor: User? = nil
    ) -> EventEnvelope {
        let subject = shortText(subject, "subject")
        return EventEnvelope(
            kind: kind,
            provider: provider,
            source: source,
            subject: subject,
            deliveryId: deliveryId,
            receivedAt: receivedAt,
            occurredAt: occurredAt,
            repository: repository,
            actor: actor
        )
    }
}
