import ListenerKit
import Testing

@Suite("The listener registry")
struct ListenerRegistryTests {
    @Test("Listeners are kept in the order of the registry, with the kinds of their event type")
    func listenersAreKept() throws {
        let isIncluded = true
        let registry = try ListenerRegistry {
            PushCounter(name: "b")
            if isIncluded { Everything(name: "a") }
            if !isIncluded { Everything(name: "left-out") } else { PushCounter(name: "c") }
        }
        #expect(registry.listeners.map(\.name) == ["b", "a", "c"])
        #expect(registry.listener(named: "b")?.kinds == [.push])
        #expect(registry.listener(named: "a")?.kinds == EventKind.allCases)
        #expect(registry.listener(named: "c")?.typeName == "PushCounter")
        #expect(registry.listener(named: "d")?.name == nil)
    }

    @Test("A name that is used twice is refused, and both types are named")
    func duplicateName() throws {
        let error = try #require(throws: ListenerRegistryError.self) {
            try ListenerRegistry {
                PushCounter(name: "one")
                PushCounter(name: "twice")
                Everything(name: "twice")
            }
        }
        #expect(error == .duplicateName("twice", first: "PushCounter", second: "Everything"))
        #expect(error.description.contains("PushCounter and Everything"))
        #expect(error.description.contains("\"twice\""))
    }

    @Test(
        "A name that the outbox does not take is refused, and its type is named",
        arguments: [
            "", "A", "-a", "_a", "a b", "a.b", "é", "aé", "a/b", "a\n", String(repeating: "a", count: 64),
        ]
    )
    func invalidName(name: String) throws {
        let error = try #require(throws: ListenerRegistryError.self) {
            try ListenerRegistry { PushCounter(name: name) }
        }
        #expect(error == .invalidName(name, type: "PushCounter"))
        #expect(error.description.contains("PushCounter is named \"\(name)\""))
    }

    @Test(
        "Names of the documented form are taken",
        arguments: ["a", "0", "a-b_c", "9lives", String(repeating: "a", count: 63)]
    )
    func validName(name: String) throws {
        #expect(try ListenerRegistry { PushCounter(name: name) }.listener(named: name)?.name == name)
    }

    @Test("A registry may be empty")
    func empty() throws {
        #expect(try ListenerRegistry {}.listeners.isEmpty)
    }
}

private struct PushCounter: Listener {
    let name: String

    func handle(_ event: PushEvent, context: ListenerContext) async throws {}
}

private struct Everything: Listener {
    let name: String

    func handle(_ event: AnyEvent, context: ListenerContext) async throws {}
}
