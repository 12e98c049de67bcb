import Events
import Providers
import Testing

/// A body written for the tests and the events that it must make: also what the coverage table is made from.
struct TestDelivery: CustomTestStringConvertible, Sendable {
    /// The provider's own name of the event, which its header holds.
    let event: String?
    /// Kind and action of each event in order, such as `pull_request.opened`; the kind alone without action.
    let expected: [String]
    /// The body.
    let json: String

    /// The event and what it makes.
    var testDescription: String { "\(event ?? "no event") → \(expected.joined(separator: ", "))" }

    init(_ event: String?, _ expected: String..., body json: String) {
        self.event = event
        self.expected = expected
        self.json = json
    }

    /// Kind and action, as `expected` has them.
    static func name(of event: any Event) -> String {
        event.kind.rawValue + (event.actionName.map { ".\($0)" } ?? "")
    }
}
