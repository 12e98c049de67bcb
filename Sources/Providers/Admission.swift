package import Events

/// What became of a request before it reaches the outbox.
package enum Admission: Sendable {
    /// Authentic and read; there is at least one event.
    case authentic(Delivery)
    /// Not proved authentic. The reason is for the operator's log, never for the answer.
    case unauthenticated(reason: String)
    /// Authentic, but neither JSON nor a form that carries JSON.
    case unsupportedMediaType
    /// Authentic, but there is no room to read it.
    case noRoom
}

extension Source {
    /// How many events one delivery can make.
    ///
    /// Most give one, a merge request that is edited a few; one that gets more labels and reviewers than this
    /// at once is told as a problem.
    package static let eventCountMax = 256
    /// How long the event JSON of several events of one delivery may be, in bytes and all together.
    package static let eventBytesMax = 32 * 1024 * 1024

    /// Authenticates a request, reads it and maps it to events; a pure function of the request, the source
    /// and the time of receipt.
    ///
    /// - Parameters:
    ///   - request: What was received.
    ///   - hasRoom: Whether there is memory to read it; asked once, of an authentic request alone.
    /// - Returns: What became of it.
    package func admit(_ request: WebhookRequest, ifRoom hasRoom: () -> Bool = { true }) -> Admission {
        switch authenticate(request) {
        case .refused(let reason):
            return .unauthenticated(reason: reason)
        case .verified(let scheme):
            guard hasRoom() else { return .noRoom }
            guard let payload = payload(of: request) else { return .unsupportedMediaType }
            return .authentic(delivery(of: request, payload: payload, verifiedBy: scheme))
        }
    }

    /// Why a request with these header fields is unauthenticated whatever its body, for the operator's log;
    /// nil if the body has to be looked at.
    package func refuses(head headers: HeaderFields) -> String? {
        guard secrets.isEmpty else {
            return provider.faultInHead(headers, secrets: secrets, policy: policy)
        }
        return policy.allowsUnsigned ? nil : "the source has no secret"
    }

    private func authenticate(_ request: WebhookRequest) -> Authentication {
        guard secrets.isEmpty else {
            return provider.authenticate(request, secrets: secrets, policy: policy)
        }
        return refuses(head: request.headers).map { .refused(reason: $0) } ?? .unverified
    }

    /// The bytes that should be JSON; nil where the type of the body has none.
    private func payload(of request: WebhookRequest) -> [UInt8]? {
        switch MediaType(request.headers) {
        case .json: request.body
        case .form: Self.isObject(request.body) ? nil : FormFields.value("payload", in: request.body)
        case nil: nil
        }
    }

    /// Whether the body is a JSON object and so no form, whatever its type says.
    ///
    /// Few forges sign the type: a genuine object with `&payload=` in a text of it, sent again as a form,
    /// would be read as what stands behind that.
    private static func isObject(_ body: [UInt8]) -> Bool {
        let text = body.starts(with: [0xEF, 0xBB, 0xBF]) ? body.dropFirst(3) : body[...]
        return text.first { !JSONByte.isWhiteSpace($0) } == JSONByte.openBrace
    }

    private func delivery(of request: WebhookRequest, payload: [UInt8], verifiedBy: String) -> Delivery {
        let (body, fault) = Self.read(payload)
        let identity = provider.identify(request, body: body)
        var context = MappingContext(request, source: self, identity: identity)
        var events: [any Event] = []
        if let fault {
            context.report(fault)
        } else {
            events = Self.bounded(provider.events(from: body, context: &context), &context)
        }
        if events.isEmpty { events = [UnknownEvent(envelope: context.envelope(.unknown), action: nil)] }
        return Delivery(
            source: name,
            provider: provider.name,
            deliveryId: context.deliveryId,
            eventName: context.eventName,
            receivedAt: request.receivedAt,
            headers: KeptHeaders.json(request.headers, provider: provider),
            verifiedBy: verifiedBy,
            payload: request.body,
            problem: context.problem,
            events: events
        )
    }

    /// Those events that one delivery may make; that there were more is reported.
    ///
    /// Each event of a merge request repeats all that is known of it, a description of a megabyte too.
    private static func bounded(_ events: [any Event], _ context: inout MappingContext) -> [any Event] {
        guard events.count > 1 else { return events }
        var byteCount = 0
        let fitting = events.prefix(eventCountMax).prefix { event in
            byteCount += event.json.utf8.count
            return byteCount <= eventBytesMax
        }
        // The first one is kept however long it is, as a single one would be.
        let kept = Array(fitting.isEmpty ? events.prefix(1) : fitting)
        if kept.count < events.count {
            context.report("only the first \(kept.count) of its events were made, more would be too much")
        }
        return kept
    }

    /// The payload's root, or why it has no events.
    private static func read(_ payload: [UInt8]) -> (body: JSONValue, fault: String?) {
        guard !payload.isEmpty else { return (.missing, "the payload is empty") }
        do throws(JSONSyntaxError) {
            let root = try JSONDocument(payload).root
            return root.isObject ? (root, nil) : (root, "the payload is JSON, but not an object")
        } catch {
            return (.missing, "the payload is not JSON: \(error)")
        }
    }
}
