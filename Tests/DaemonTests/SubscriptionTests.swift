import Events
import ListenerKit
import Settings
import TestKit
import Testing

@testable import Daemon

@Suite("Which events a listener gets")
struct SubscriptionTests {
    @Test("A listener gets the kinds of its event type", arguments: EventFactory.populated)
    func kinds(event: any Event) {
        #expect(subscription(PushEvent.self).takes(event) == (event.kind == .push))
        #expect(subscription(AnyEvent.self).takes(event))
    }

    @Test("The configuration cannot add a kind that the listener does not take")
    func kindsAreNotWidened() {
        let subscription = subscription(PushEvent.self, EventFilter(on: [.kind("comment"), .everything]))
        #expect(!subscription.takes(EventFactory.populated(.comment)))
        #expect(subscription.takes(EventFactory.populated(.push)))
    }

    @Test("A kind and an action narrow what a listener gets")
    func on() {
        let on: [EventPattern] = [.kind("push"), .action(kind: "pull_request", action: "opened")]
        let subscription = subscription(AnyEvent.self, EventFilter(on: on))
        #expect(subscription.takes(EventFactory.populated(.push)))
        #expect(subscription.takes(EventFactory.bare(.pullRequest)))  // opened
        #expect(!subscription.takes(EventFactory.populated(.pullRequest)))  // edited
        #expect(!subscription.takes(EventFactory.populated(.comment)))
        #expect(!subscription.takes(EventFactory.bare(.unknown)))  // without an action
    }

    @Test("Only events of the repositories named are taken; without a pattern, those without one, too")
    func repositories() {
        let named = EventFactory.populated(.push)
        let unnamed = EventFactory.bare(.push)
        let acme = subscription(AnyEvent.self, EventFilter(repositories: [RepositoryPattern("acme/*")]))
        #expect(acme.takes(named))
        #expect(!acme.takes(unnamed))
        let other = subscription(AnyEvent.self, EventFilter(repositories: [RepositoryPattern("other/*")]))
        #expect(!other.takes(named))
        #expect(subscription(AnyEvent.self).takes(unnamed))
    }

    @Test(
        "A share of deliveries is the one that SHA-256 of the delivery id says",
        arguments: [1, 10, 50, 99]
    )
    func share(percent: Int) {
        let subscription = subscription(PushEvent.self, EventFilter(percent: percent))
        let ids = Self.deliveryIDs
        let taken = ids.filter { subscription.takes(Self.event(of: $0)) }
        let expected = ids.filter { ReferenceSHA256.digestPrefix(of: Array($0.utf8)) % 100 < percent }
        #expect(taken == expected)
        #expect(!taken.isEmpty && taken.count < ids.count)
    }

    @Test("No share is no event, the whole share is every event")
    func shareLimits() {
        let none = subscription(PushEvent.self, EventFilter(percent: 0))
        let all = subscription(PushEvent.self, EventFilter(percent: 100))
        for event in Self.deliveryIDs.map(Self.event) {
            #expect(!none.takes(event))
            #expect(all.takes(event))
        }
    }

    @Test(
        "The digest that the share is compared with is that of FIPS 180-4",
        arguments: [
            ("", 0xE3B0_C442_98FC_1C14),
            ("abc", 0xBA78_16BF_8F01_CFEA),
            ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 0x248D_6A61_D206_38B8),
        ] as [(String, UInt64)]
    )
    func reference(message: String, prefix: UInt64) {
        #expect(ReferenceSHA256.digestPrefix(of: Array(message.utf8)) == prefix)
    }

    @Test("Subscriptions are replaced whole")
    func table() {
        let table = SubscriptionTable([subscription(PushEvent.self, name: "old")])
        #expect(table.current.map(\.listener) == ["old"])
        table.replace(with: ["b", "a"].map { subscription(PushEvent.self, name: $0) })
        #expect(table.current.map(\.listener) == ["b", "a"])
    }

    @Test("The table names the listeners of each event, in their order")
    func listenersOfEvents() {
        let bots = EventFilter(conditions: [Self.condition("actor.isBot", "true")])
        let people = EventFilter(conditions: [Self.condition("actor.isBot", "false")])
        let table = SubscriptionTable([
            subscription(PushEvent.self, people, name: "pushes"),
            subscription(AnyEvent.self, bots, name: "bots"),
            Subscription(name: "command", filter: people),
        ])
        let events = [
            EventFactory.populated(.push), EventFactory.populated(.comment), EventFactory.bare(.push),
        ]
        #expect(table.listeners(taking: events) == [["pushes", "command"], ["command"], []])
        #expect(table.listeners(taking: []) == [])
    }

    @Test("A command or endpoint takes every kind", arguments: EventFactory.populated)
    func everyKind(event: any Event) {
        #expect(Subscription(name: "a", filter: EventFilter()).takes(event))
    }

    @Test(
        "A condition looks at the event JSON",
        arguments: [
            (.pullRequest, "pullRequest.base.ref", ["main"], true),
            (.pullRequest, "pullRequest.base.ref", ["changes"], false),
            (.pullRequest, "pullRequest.base.ref", ["develop", "main"], true),
            (.pullRequest, "pullRequest.number", ["2"], true),
            (.pullRequest, "pullRequest.number", ["02"], false),
            (.pullRequest, "pullRequest.merged", ["true"], true),
            (.pullRequest, "pullRequest.draft", ["true"], false),
            (.pullRequest, "pullRequest.description", ["With \"quotes\"\nand lines."], true),
            (.pullRequest, "pullRequest", ["2"], false),
            (.pullRequest, "pullRequest.number.x", ["2"], false),
            (.pullRequest, "checkRun.name", ["Octocoders-linter"], false),
            (.checkRun, "checkRun.pullRequestNumbers", ["3"], true),
            (.checkRun, "checkRun.pullRequestNumbers", ["4"], false),
            (.push, "push.refs.ref", ["refs/heads/main"], true),
            (.push, "push.refs.forced", ["false"], false),
            (.comment, "kind", ["comment"], true), (.comment, "repository.fullName", ["acme/app"], true),
        ] as [(EventKind, String, [String], Bool)]
    )
    func conditions(kind: EventKind, path: String, texts: [String], isTaken: Bool) {
        let condition = FieldCondition(FieldPath(path), anyOf: texts.map { .text($0) })
        let subscription = subscription(AnyEvent.self, EventFilter(conditions: [condition]))
        let event = EventFactory.populated(kind)
        #expect(subscription.takes(event) == isTaken)
        #expect(Self.takes(subscription, stored: event) == isTaken)
    }

    @Test(
        "A field that is absent or null fits null alone",
        arguments: ["subject", "pullRequest.label", "actor.id"]
    )
    func absent(path: String) {
        let event = EventFactory.bare(.pullRequest)
        let absent = FieldCondition(FieldPath(path), anyOf: [.absent])
        #expect(subscription(AnyEvent.self, EventFilter(conditions: [absent])).takes(event))
        #expect(
            !subscription(AnyEvent.self, EventFilter(conditions: [absent]))
                .takes(EventFactory.populated(.pullRequest))
        )
        for alternative in [.text("null"), .text(""), .glob(TextPattern("*"))] as [FieldCondition.Alternative]
        {
            let condition = FieldCondition(FieldPath(path), anyOf: [alternative])
            #expect(!subscription(AnyEvent.self, EventFilter(conditions: [condition])).takes(event))
        }
    }

    @Test("Of a stored event everything counts but percent", arguments: EventFactory.populated)
    func stored(event: any Event) {
        let filter = EventFilter(repositories: [RepositoryPattern("acme/*")], percent: 0)
        #expect(Self.takes(subscription(AnyEvent.self, filter), stored: event))
        #expect(Self.takes(subscription(PushEvent.self, filter), stored: event) == (event.kind == .push))
        let other = EventFilter(repositories: [RepositoryPattern("other/*")])
        #expect(!Self.takes(subscription(AnyEvent.self, other), stored: event))
    }

    @Test("A stored event is not read without conditions, and a kind that is not known is nobody's")
    func storedUnread() {
        let subscription = Subscription(name: "a", filter: EventFilter())
        func unasked() -> [UInt8] {
            Issue.record("nobody should read the event")
            return []
        }
        // Not inside of `#expect`, which evaluates all arguments of a call.
        let push = subscription.takes(kind: "push", action: nil, repository: nil, json: unasked())
        let release = subscription.takes(kind: "release", action: nil, repository: nil, json: unasked())
        #expect(push && !release)
    }

    @Test(
        "A stored event that cannot be read fits no condition",
        arguments: ["", "[]", "{\"a\":", "null", "1"]
    )
    func storedUnreadable(json: String) {
        let absent = FieldCondition(FieldPath("a"), anyOf: [.absent])
        let subscription = Subscription(name: "a", filter: EventFilter(conditions: [absent]))
        let takes = { (json: String) in
            subscription.takes(kind: "push", action: nil, repository: nil, json: Array(json.utf8))
        }
        #expect(!takes(json))
        #expect(takes("{}"))
    }

    private static func condition(_ path: String, _ text: String) -> FieldCondition {
        FieldCondition(FieldPath(path), anyOf: [.text(text)])
    }

    private static func takes(_ subscription: Subscription, stored event: any Event) -> Bool {
        subscription.takes(
            kind: event.kind.rawValue,
            action: event.actionName,
            repository: event.repository?.fullName,
            json: Array(event.json.utf8)
        )
    }

    /// Of the forms that providers use, and of every length around the digest's blocks.
    private static let deliveryIDs: [String] = {
        var generator = SeededGenerator(seed: 1)
        let short = (0..<130).map { String(repeating: "x", count: $0) }
        let long = (0..<700).map { _ in
            let words = (0..<4).map { _ in String(generator.next(), radix: 16) }
            return words.joined(separator: "-")
        }
        return short + long + ["sha256:é", "1:2"]
    }()

    private static func event(of deliveryID: String) -> PushEvent {
        var envelope = EventFactory.envelope(.push)
        envelope.deliveryId = deliveryID
        return PushEvent(envelope: envelope, push: Push(first: PushedRef()))
    }

    private func subscription<Kind: Event>(
        _ type: Kind.Type,
        _ filter: EventFilter = EventFilter(),
        name: String = "one"
    ) -> Subscription {
        Subscription(AnyListener(IdleListener(name, of: type)), filter: filter)
    }
}
