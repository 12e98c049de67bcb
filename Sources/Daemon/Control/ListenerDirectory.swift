import Events
package import ListenerKit
import Outbox
package import Settings
import Synchronization

/// The listeners of a configuration, as far as operators' commands have to do with them; replaced whole when
/// the configuration is read again.
package final class ListenerDirectory: Sendable {
    private let entries: Mutex<[String: Entry]>

    /// One listener.
    struct Entry: Sendable {
        /// How the outbox keeps it.
        let record: ListenerRecord
        /// Which events it gets.
        let subscription: Subscription
        /// Whether it gets dispatches.
        let isEnabled: Bool

        /// Whether it may get a stored event; `percent` does not count.
        @Sendable func takes(_ event: AdministeredEvent) -> Bool {
            subscription.takes(
                kind: event.kind,
                action: event.action,
                repository: event.repository,
                json: Array(event.json.utf8)
            )
        }
    }

    /// Lists the listeners; secrets are not needed for that.
    ///
    /// - Parameters:
    ///   - configuration: What names them.
    ///   - registry: The Swift listeners of this build.
    package init(_ configuration: Configuration, registry: ListenerRegistry) {
        entries = Mutex(
            Self.entries(configuration) { settings in
                let listener = registry.listener(named: settings.name)
                return PlannedListener(settings, secrets: ListenerSecrets(), listener: listener)
            }
        )
    }

    /// Lists the listeners of a plan.
    init(_ plan: ServicePlan) {
        entries = Mutex(Self.entries(plan))
    }

    /// Replaces all; commands that are at work keep the old ones.
    func replace(with plan: ServicePlan) {
        let new = Self.entries(plan)
        entries.withLock { $0 = new }
    }

    /// The listener of a name; nil if the configuration does not name it.
    func entry(_ name: String) -> Entry? { entries.withLock { $0[name] } }

    /// Of a listener that the plan does not serve, the kinds matter to nobody.
    private static func entries(_ plan: ServicePlan) -> [String: Entry] {
        let served = Dictionary(uniqueKeysWithValues: plan.listeners.map { ($0.settings.name, $0) })
        return entries(plan.configuration) { settings in
            served[settings.name]
                ?? PlannedListener(settings, secrets: ListenerSecrets(), listener: nil)
        }
    }

    private static func entries(
        _ configuration: Configuration,
        planned: (ListenerConfiguration) -> PlannedListener
    ) -> [String: Entry] {
        let entries = configuration.listeners.map { settings in
            let listener = planned(settings)
            let entry = Entry(
                record: listener.record,
                subscription: listener.subscription,
                isEnabled: settings.enabled
            )
            return (settings.name, entry)
        }
        return Dictionary(uniqueKeysWithValues: entries)
    }
}
