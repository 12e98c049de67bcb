/// Which events a listener gets; a pure value, tried on every event.
package struct EventFilter: Equatable, Sendable {
    /// The kinds and actions taken.
    package var on: [EventPattern]
    /// The repositories taken.
    package var repositories: [RepositoryPattern]
    /// The sources taken, by their names; `*` takes all.
    package var sources: [String]
    /// What fields of the event JSON must be, all of them; the key is `where`.
    package var conditions: [FieldCondition]
    /// The share of deliveries taken, 0 to 100.
    package var percent: Int

    /// What takes every source.
    package static let everySource = "*"

    package init(
        on: [EventPattern] = [.everything],
        repositories: [RepositoryPattern] = [.everything],
        sources: [String] = [everySource],
        conditions: [FieldCondition] = [],
        percent: Int = 100
    ) {
        self.on = on
        self.repositories = repositories
        self.sources = sources
        self.conditions = conditions
        self.percent = percent
    }

    /// Whether an event of a kind may pass.
    package func mayTake(kind: String) -> Bool {
        on.contains { pattern in
            switch pattern {
            case .everything: true
            case .kind(let wanted), .action(let wanted, _): wanted == kind
            }
        }
    }

    /// Whether the source of an event matters.
    package var asksForSource: Bool { !sources.contains(Self.everySource) }

    /// Whether an event passes, without regard to `percent`: what a redrive and a replay ask.
    ///
    /// - Parameters:
    ///   - kind: The event's kind.
    ///   - action: The event's action; nil where it has none.
    ///   - repository: The full name of the event's repository; nil where it has none.
    ///   - source: The name of the event's source; of no account if every source is taken.
    ///   - values: Gives the texts of all values at a path of the event JSON, none where it is absent or
    ///     null; nil if the event cannot be read, which then does not pass. It is asked only where there are
    ///     conditions, and everything else has agreed.
    /// - Returns: Whether the listener gets the event.
    package func matches(
        kind: String,
        action: String?,
        repository: String?,
        source: String?,
        values: (FieldPath) -> [String]?
    ) -> Bool {
        on.contains { $0.matches(kind: kind, action: action) }
            && repositories.contains { $0.matches(repository) }
            && (!asksForSource || source.map(sources.contains) ?? false)
            && conditions.allSatisfy { condition in values(condition.path).map(condition.holds) ?? false }
    }

    /// Whether a delivery belongs to the listener's share; the same delivery always gives the same answer.
    ///
    /// - Parameter deliveryDigestPrefix: The first eight bytes, big-endian, of the SHA-256 of the delivery
    ///   id.
    /// - Returns: Whether it does.
    package func takesShare(deliveryDigestPrefix: UInt64) -> Bool {
        deliveryDigestPrefix % 100 < UInt64(max(percent, 0))
    }
}

/// One entry of `on`.
package enum EventPattern: Hashable, CustomStringConvertible, Sendable {
    /// `*`: every event.
    case everything
    /// `push`: every event of a kind; also written `push.*`.
    case kind(String)
    /// `pull_request.closed`: one action of a kind.
    case action(kind: String, action: String)

    /// The pattern as the configuration writes it.
    package var description: String {
        switch self {
        case .everything: "*"
        case let .kind(kind): kind
        case let .action(kind, action): "\(kind).\(action)"
        }
    }

    /// Whether an event of this kind and action is meant.
    package func matches(kind: String, action: String?) -> Bool {
        switch self {
        case .everything: true
        case let .kind(wanted): wanted == kind
        case let .action(wantedKind, wantedAction): wantedKind == kind && wantedAction == action
        }
    }
}

extension ValueParser<EventPattern> {
    private static let patternBytesMax = 320

    /// A kind, `kind.action` or `*`; the kind must exist, and be one that a Swift listener takes.
    static func eventPattern(kinds: [String], taken: [String]?) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            let text = try ValueParser<String>.text(maxBytes: patternBytesMax).parse(text)
            if text == "*" { return .everything }
            // Split at the first dot: no kind has one, but a provider's own action may.
            let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
            let kind = String(parts[0])
            guard kinds.contains(kind) else {
                let near = NearMiss.of(kind, among: kinds)
                let list = near == nil ? "; the kinds are \(kinds.sorted().joinedWithOr())" : ""
                throw ValueProblem(
                    "unknown kind \(QuotedText.shown(kind))\(list)",
                    suggestion: near.map { $0 + text.dropFirst(kind.count) }
                )
            }
            if let taken, !taken.contains(kind) {
                throw ValueProblem("this listener takes \(taken.joined(separator: ", ")), never \(kind)")
            }
            guard parts.count == 2, parts[1] != "*" else { return .kind(kind) }
            guard !parts[1].isEmpty else { throw ValueProblem("no action behind the dot") }
            return .action(kind: kind, action: String(parts[1]))
        }
    }
}
