package import Events
package import Outbox
package import Providers
package import Settings
import Synchronization

/// All that operators can have done with an outbox: by the daemon that serves it, or by a command when none
/// runs.
package final class OutboxAdministration: Sendable {
    let outbox: Outbox
    let reader: AdministrationReader
    let listeners: ListenerDirectory
    let hooks: Hooks
    let remapper: StoredDeliveryMapper
    /// Two operations that queue dispatches must not be at work at the same time.
    let turns = OperationTurns()

    /// Nobody is paused or resumed while the listeners change, so that what the outbox has and what the
    /// dispatcher knows stay the same.
    private let stateTurns = OperationTurns()
    private let retention: OutboxConfiguration.Retention
    private let isStopping = Atomic(false)

    /// The share of the file that retention leaves free for deliveries to come, rather than to move pages
    /// every hour.
    private static let spareShare = 0.1

    /// Who is told of what was committed.
    package struct Hooks: Sendable {
        /// These listeners may have work.
        package var committed: @Sendable (_ listeners: Set<String>) -> Void = { _ in }
        /// A listener is paused.
        package var paused: @Sendable (_ listener: String, ListenerPause) -> Void = { _, _ in }
        /// A listener is not paused any more.
        package var resumed: @Sendable (_ listener: String) -> Void = { _ in }

        package init() {}
    }

    /// Makes the operations of an outbox.
    ///
    /// - Parameters:
    ///   - outbox: What is changed.
    ///   - reader: Reads the same file.
    ///   - listeners: Those of the configuration.
    ///   - retention: How long what is finished is kept.
    ///   - catalog: The providers that can map stored deliveries again.
    ///   - hooks: Who is told of what was committed.
    package init(
        outbox: Outbox,
        reader: AdministrationReader,
        listeners: ListenerDirectory,
        retention: OutboxConfiguration.Retention,
        catalog: ProviderCatalog = .standard,
        hooks: Hooks = Hooks()
    ) {
        self.outbox = outbox
        self.reader = reader
        self.listeners = listeners
        self.retention = retention
        self.hooks = hooks
        remapper = StoredDeliveryMapper(catalog: catalog)
    }

    /// Takes no more operations, and ends the one at work between two of its steps.
    package func stop() { isStopping.store(true, ordering: .relaxed) }

    /// Prunes as retention says, but leaves some room in the file.
    ///
    /// - Returns: What was done.
    /// - Throws: `AdministrationError`; what was done before stays.
    func applyRetention() async throws(AdministrationError) -> PruneCounts {
        try await prune(before: cutoff(nil), spare: Self.spareShare, isDryRun: false)
    }

    func prune(_ request: PruneRequest) async throws(AdministrationError) -> PruneRequest.Report {
        let cutoff = cutoff(request.olderThan)
        let counts = try await prune(
            before: cutoff,
            spare: 0,
            isDryRun: request.dryRun,
            isForced: request.force ?? false
        )
        return PruneRequest.Report(deliveries: counts.deliveries, freedBytes: counts.freedBytes)
    }

    func pause(_ request: PauseRequest) async throws(AdministrationError) -> PauseRequest.Report {
        let name = request.listener
        try await prepareState(of: name)
        let pause = ListenerPause(origin: .operator, since: outbox.clock.now(), reason: nil)
        try await whileListenersStay { () async throws(OutboxError) in
            try await outbox.pause(listener: name, pause)
            hooks.paused(name, pause)
        }
        return PauseRequest.Report(listener: name, state: "paused")
    }

    func resume(_ request: ResumeRequest) async throws(AdministrationError) -> PauseRequest.Report {
        let name = request.listener
        try await prepareState(of: name)
        try await whileListenersStay { () async throws(OutboxError) in
            try await outbox.resume(listener: name)
            hooks.resumed(name)
        }
        return PauseRequest.Report(listener: name, state: "active")
    }

    /// Does something while no listener is paused, resumed, added or removed by others.
    ///
    /// - Throws: `AdministrationError` with what that throws.
    func whileListenersStay(
        _ work: () async throws(OutboxError) -> Void
    ) async throws(AdministrationError) {
        try await stateTurns.take { () async throws(AdministrationError) in
            do throws(OutboxError) {
                try await work()
            } catch {
                throw AdministrationError(error)
            }
        }
    }

    private func prepareState(of listener: String) async throws(AdministrationError) {
        try checkStopping()
        try await checkKnown(listener)
        try await remember(listener)
    }

    /// The operations of the outbox itself.
    var work: OperatorWork {
        OperatorWork(outbox: outbox, reader: reader) { [self] in
            isStopping.load(ordering: .relaxed) || Task.isCancelled
        }
    }

    func checkStopping() throws(AdministrationError) {
        guard isStopping.load(ordering: .relaxed) else { return }
        throw AdministrationError(
            .stopping,
            "the daemon is stopping: run the command again when it has stopped, or has started anew"
        )
    }

    /// Has the outbox keep a listener, which it may not have met yet.
    func remember(_ name: String) async throws(AdministrationError) {
        let unknown = ListenerRecord(name: name, kinds: [], target: .swift, ordering: .subject)
        do {
            try await outbox.remember(listeners.entry(name)?.record ?? unknown)
        } catch {
            throw AdministrationError(error)
        }
    }

    /// - Throws: `.unknownListener` for one that neither the configuration names nor the outbox knows.
    func checkKnown(_ listener: String) async throws(AdministrationError) {
        if listeners.entry(listener) != nil { return }
        let isKnown: Bool
        do {
            // The outbox would look for what stands before a zero byte.
            let isName = NameRule.isName(listener)
            isKnown = isName ? try await reader.knowsListener(listener) : false
        } catch {
            throw AdministrationError(error)
        }
        guard isKnown else {
            throw AdministrationError(
                .unknownListener,
                "there is no listener \"\(listener)\": `forgewire listeners` lists those that there are"
            )
        }
    }

    /// The listener, if it gets dispatches.
    ///
    /// - Throws: `.unknownListener` or `.wrongListener` otherwise.
    func enabled(_ listener: String) async throws(AdministrationError) -> ListenerDirectory.Entry {
        try await checkKnown(listener)
        if let entry = listeners.entry(listener), entry.isEnabled { return entry }
        throw AdministrationError(
            .wrongListener,
            "the configuration has no listener \"\(listener)\" that is enabled, so nothing would run for it: "
                + "put it there, or see `forgewire adopt --help`"
        )
    }

    private func cutoff(_ olderThan: Timestamp?) -> RetentionCutoff {
        let now = outbox.clock.now()
        return RetentionCutoff(
            delivered: olderThan ?? now.advanced(by: .zero - retention.delivered),
            dead: olderThan ?? now.advanced(by: .zero - retention.dead)
        )
    }

    private func prune(
        before cutoff: RetentionCutoff,
        spare: Double,
        isDryRun: Bool,
        isForced: Bool = false
    ) async throws(AdministrationError) -> PruneCounts {
        try checkStopping()
        do {
            return try await work.prune(before: cutoff, spare: spare, isDryRun: isDryRun, isForced: isForced)
        } catch {
            throw AdministrationError(error)
        }
    }
}
