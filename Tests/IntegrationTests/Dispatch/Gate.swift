/// Holds up what comes to it until a test opens it.
final class Gate: Sendable {
    private let openings = LineCollector()

    /// Lets everything through from now on.
    func open() { openings.add("open") }

    /// Waits until the gate is open.
    func pass() async {
        // Thrown only at the test's time limit, which has its own message.
        try? await openings.wait { !$0.isEmpty }
    }
}
