import ListenerKit
import Listeners
import Testing

@Suite("The listeners of this build")
struct RegistryTests {
    @Test("The registry can be made and holds the listeners that ship with the daemon")
    func shippedListeners() throws {
        let registry = try makeListenerRegistry()
        #expect(Set(registry.listeners.map(\.name)).isSuperset(of: ["check-failures", "event-log"]))
        #expect(registry.listener(named: "event-log")?.kinds == EventKind.allCases)
        #expect(registry.listener(named: "check-failures")?.kinds == [.checkRun])
    }
}
