import Events
import Foundation
import Providers

/// What holds for every delivery that is taken, whatever its content; what breaks a rule ends the process.
enum Rules {
    /// How long an action, repository, subject or id may be.
    private static let shortByteCountMax = 255
    /// The members that hold such texts, besides those whose names end in `Id`.
    private static let shortNames: Set = ["action", "fullName", "id", "repository", "subject"]

    /// Ends the process, so that libFuzzer keeps the input.
    static func fail(_ message: String) -> Never { fatalError(message) }

    /// Ends the process unless a rule is kept.
    static func demand(_ isKept: Bool, _ message: @autoclosure () -> String) {
        if !isKept { fail(message()) }
    }

    /// Demands that a delivery and its events keep the rules.
    static func check(_ delivery: Delivery) {
        let count = delivery.events.count
        demand((1...Source.eventCountMax).contains(count), "a delivery has \(count) events")
        demand(
            count == 1 || !delivery.events.contains { $0.kind == .unknown },
            "an unknown event is not its delivery's only one"
        )
        check(delivery.deliveryId, named: "id")
        if let eventName = delivery.eventName { check(eventName, named: "id") }
        demand(!delivery.deliveryId.isEmpty && delivery.eventName != "", "a delivery's id or event is empty")
        demand(delivery.problem != "", "a problem is empty")
        demand((try? tree(delivery.headers)) is [String: Any], "no JSON object: \(delivery.headers)")
        for event in delivery.events { check(event) }
    }

    private static func check<Mapped: Event>(_ event: Mapped) {
        let json = event.json
        do {
            let stored = try AnyEvent.decode(json: Array(json.utf8))
            demand(stored.kind == event.kind, "the kind is another one: \(json)")
            let typed = try Mapped.decode(json: Array(json.utf8))
            demand(typed.json == json, "read back it is another event:\n\(json)\n\(typed.json)")
            demand(!hasEmptyText(Array(json.utf8)), "a text is empty: \(json)")
            check(try tree(json), named: "")
        } catch {
            fail("an event cannot be read back: \(error)\n\(json)")
        }
    }

    /// Whether there is a quote right behind another that is not a text's own.
    ///
    /// Foundation is not asked: it takes a byte order mark off a text and calls the rest empty.
    private static func hasEmptyText(_ json: [UInt8]) -> Bool {
        json.indices.dropFirst().dropLast().contains { index in
            json[index] == UInt8(ascii: "\"") && json[index + 1] == UInt8(ascii: "\"")
                && json[index - 1] != UInt8(ascii: "\\")
        }
    }

    private static func tree(_ json: String) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(json.utf8))
    }

    /// Demands that the texts that become columns are short.
    private static func check(_ value: Any, named name: String) {
        switch value {
        case let object as [String: Any]:
            for (name, value) in object { check(value, named: name) }
        case let array as [Any]:
            for value in array { check(value, named: name) }
        case let text as String:
            guard shortNames.contains(name) || name.hasSuffix("Id") else { return }
            demand(text.utf8.count <= shortByteCountMax, "\(name) is too long: \(text)")
            let isControl = text.unicodeScalars.contains { $0.properties.generalCategory == .control }
            demand(!isControl, "\(name) has control characters: \(text.debugDescription)")
        default:
            break
        }
    }
}
