package import Events

extension StandardWebhooks {
    /// One event without a neutral kind: the specification says how to sign, not what to tell.
    package func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        let envelope = context.envelope(.unknown, occurredAt: body["timestamp"].timestamp)
        return [UnknownEvent(envelope: envelope, action: context.eventName)]
    }
}
