import Events
import Foundation
import Providers

/// What a provider gives: found out by mapping its samples and the deliveries written for it.
struct Coverage {
    /// The provider's name.
    let provider: String
    /// The actions of each kind that it can give.
    private(set) var actions: [EventKind: Set<String>] = [:]
    /// The fields of each kind that it can fill, as paths such as `author.username`.
    private(set) var fields: [EventKind: Set<String>] = [:]

    /// Fields that every event has, whoever sent it.
    private static let constant: Set = [
        "action", "deliveryId", "id", "kind", "provider", "receivedAt", "schema", "source",
    ]

    /// Maps all that there is of a provider.
    init(_ provider: any Provider) throws {
        self.provider = provider.name
        let hook = try Hook(provider)
        let deliveries = TestedProviders.deliveries(of: provider.name)
        let bodies =
            provider.samples.map { ($0.event, $0.body) } + deliveries.map { ($0.event, Array($0.json.utf8)) }
        for (event, body) in bodies {
            for event in try hook.delivery(hook.request(event, body)).events { try add(event) }
        }
    }

    private mutating func add(_ event: any Event) throws {
        if let action = event.actionName { actions[event.kind, default: []].insert(action) }
        fields[event.kind, default: []].formUnion(try Self.fields(of: event))
    }

    /// The fields of an event that have a value.
    ///
    /// Those of the kind's object stand without its name; those of an account are two, `isBot` being no news.
    static func fields(of event: any Event) throws -> Set<String> {
        let root = try JSONSerialization.jsonObject(with: Data(event.json.utf8)) as? [String: Any] ?? [:]
        var fields = paths(root.filter { !constant.contains($0.key) }, prefix: "")
        let object = "\(objectName(of: event.kind))."
        fields = Set(fields.map { $0.hasPrefix(object) ? String($0.dropFirst(object.count)) : $0 })
        return fields.filter { !$0.hasSuffix("isBot") }
    }

    private static func paths(_ object: [String: Any], prefix: String) -> Set<String> {
        object.reduce(into: []) { paths, member in
            switch member.value {
            case is NSNull: break
            case let array as [Any]: if !array.isEmpty { paths.insert(prefix + member.key) }
            case let object as [String: Any]:
                paths.formUnion(Self.paths(object, prefix: "\(prefix)\(member.key)."))
            default: paths.insert(prefix + member.key)
            }
        }
    }

    /// The member that holds what is special to the kind.
    private static func objectName(of kind: EventKind) -> String {
        switch kind {
        case .checkRun: "checkRun"
        case .checkSuite: "checkSuite"
        case .comment: "comment"
        case .pullRequest: "pullRequest"
        case .pullRequestReview: "review"
        case .push: "push"
        case .unknown: "unknown"
        }
    }
}
