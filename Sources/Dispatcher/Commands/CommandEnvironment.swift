import Events
import FoundationEssentials

/// The environment of a command: nothing of the daemon's own but what every program needs, so that no
/// secret is inherited.
enum CommandEnvironment {
    /// What a command has from the daemon, where the daemon has it.
    static let inherited = ["PATH", "HOME", "LANG", "TZ", "TMPDIR", "USER"]

    /// Where programs are looked for if the daemon has no `PATH`.
    static let defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The field of the event JSON that a command has in its environment and the dispatch has not.
    private struct DeliveryID: Decodable {
        var deliveryId: String?
    }

    /// Puts an environment together; what stands further down wins: the daemon's, the configured, the
    /// event's.
    ///
    /// - Parameters:
    ///   - dispatch: What is delivered.
    ///   - daemon: The daemon's own environment.
    ///   - configured: What the configuration adds.
    /// - Returns: All variables of the command.
    static func variables(
        for dispatch: ClaimedDispatch,
        daemon: [String: String],
        configured: [String: String]
    ) -> [String: String] {
        var variables = ["PATH": defaultPath]
        for name in inherited {
            // An empty `PATH` would mean the directory that the command happens to run in.
            if let value = daemon[name], !value.isEmpty { variables[name] = value }
        }
        variables.merge(configured) { _, configured in configured }
        variables.merge(event(dispatch)) { _, event in event }
        return variables
    }

    private static func event(_ dispatch: ClaimedDispatch) -> [String: String] {
        // A row of another schema may lack the field; the command still gets the event.
        let deliveryID = try? JSONDecoder().decode(DeliveryID.self, from: Data(dispatch.json)).deliveryId
        let variables: [String: String?] = [
            "FORGEWIRE_EVENT_ID": "\(dispatch.event)",
            "FORGEWIRE_KIND": dispatch.kind,
            "FORGEWIRE_ACTION": dispatch.action,
            "FORGEWIRE_REPOSITORY": dispatch.repository,
            "FORGEWIRE_ATTEMPT": "\(dispatch.attempt)",
            "FORGEWIRE_DELIVERY_ID": deliveryID,
            "FORGEWIRE_OUT_OF_ORDER": dispatch.isOutOfOrder ? "1" : nil,
        ]
        // A variable cannot hold a NUL: what a provider sends must not keep the command from starting.
        return variables.compactMapValues { $0?.filter { $0 != "\0" } }
    }
}
