import Events
import ListenerKit
import Outbox
import Providers
import Settings
import Synchronization
import TestKit

@testable import Daemon

/// An outbox of its own with the operations of operators, and what the dispatcher would be told.
final class AdministrationBench: Sendable {
    /// The moment at which most tests happen: ten days after the deliveries.
    static let now = EventFactory.receivedAt.advanced(by: .seconds(864_000))

    let path: String
    let outbox: Outbox
    let administration: OutboxAdministration

    private let folder: TemporaryFolder
    private let reader: AdministrationReader

    /// Listeners that take everything, pushes alone, nothing, and one that is not enabled.
    private static let configuration = """
        sources:
        \(ConfigurationFile.source)
        outbox: {retention: {delivered: 5d, dead: 20d}}
        listeners:
          all: {command: [/bin/true], ordering: repository}
          pushes: {percent: 0}
          everything: {enabled: false}
        """

    /// Opens an outbox, has it used and closes it.
    static func use<Value>(_ body: (AdministrationBench) async throws -> Value) async throws -> Value {
        let bench = try AdministrationBench()
        defer { bench.close() }
        return try await body(bench)
    }

    /// Shows `now`.
    let clock = ManualClock(now: AdministrationBench.now)

    private init() throws {
        folder = try TemporaryFolder()
        path = folder.path("outbox.db")
        outbox = try Outbox(path: path, clock: clock.machineClock)
        reader = try AdministrationReader(path: path)
        let file = try ConfigurationFile(Self.configuration)
        let configuration = try file.check(environment: [:]).configuration
        let list = Notes()
        notes = list
        var hooks = OutboxAdministration.Hooks()
        hooks.committed = { listeners in list.add("committed \(listeners.sorted().joined(separator: " "))") }
        hooks.paused = { listener, pause in list.add("paused \(listener) \(pause.origin.rawValue)") }
        hooks.resumed = { list.add("resumed \($0)") }
        administration = OutboxAdministration(
            outbox: outbox,
            reader: reader,
            listeners: ListenerDirectory(configuration, registry: try .stub()),
            retention: configuration.outbox.retention,
            hooks: hooks
        )
    }

    /// What the dispatcher was told so far.
    var toldDispatcher: [String] { notes.all }

    private let notes: Notes

    private func close() {
        reader.close()
        outbox.close()
    }

    /// Has a delivery accepted.
    @discardableResult
    func accept(
        _ name: String,
        to listeners: [String],
        events: [any Event] = [EventFactory.populated(.push)]
    ) async throws -> [Int64] {
        let delivery = EventFactory.delivery(name, events: events)
        let result = await withCheckedContinuation { continuation in
            outbox.accept(delivery, listeners: events.map { _ in listeners }) {
                continuation.resume(returning: $0)
            }
        }
        return try result.get().events
    }

    /// Has a delivery accepted that no listener gets.
    func accept(_ delivery: Delivery) async throws {
        let result = await withCheckedContinuation { continuation in
            outbox.accept(delivery, listeners: delivery.events.map { _ in [] }) {
                continuation.resume(returning: $0)
            }
        }
        _ = try result.get()
    }

    /// Whether an event is in the outbox.
    func isThere(event: Int64) throws -> Bool {
        let reader = try OutboxReader(path: path)
        defer { reader.close() }
        return try reader.details(ofEvent: event) != nil
    }

    /// Runs all that a listener has, and gives it up or delivers it.
    func runAll(_ listener: String, _ next: AttemptRecord.Next = .dead(.permanent)) async throws {
        let now = EventFactory.receivedAt
        let outcome: AttemptOutcome = next == .delivered ? .delivered : .permanent
        // One of a lane at a time.
        while let dispatch = try await claim(listener, limit: 1, at: now).first {
            let record = AttemptRecord(dispatch, finishedAt: now, outcome: outcome, error: nil, next: next)
            _ = try await outbox.settle([record], listener: listener, claimingUpTo: 0)
        }
    }

    /// Claims a listener's dispatches.
    func claim(_ listener: String, limit: Int, at time: Timestamp = now) async throws -> [ClaimedDispatch] {
        clock.go(to: time)
        defer { clock.go(to: Self.now) }
        return try await outbox.settle([], listener: listener, claimingUpTo: limit).dispatches
    }

    /// The states of an event's dispatches, by their listeners.
    func states(ofEvent event: Int64) throws -> [String: String] {
        let reader = try OutboxReader(path: path)
        defer { reader.close() }
        let dispatches = try reader.details(ofEvent: event)?.dispatches ?? []
        return Dictionary(uniqueKeysWithValues: dispatches.map { ($0.listener, $0.state) })
    }

    /// A listener as the outbox has it.
    func listener(_ name: String) throws -> ListenerBacklog? {
        let reader = try OutboxReader(path: path)
        defer { reader.close() }
        return try reader.listeners().first { $0.name == name }
    }

    /// Why an operation is refused; nil if it is not.
    func refusal<Command: ControlRequest>(of request: Command) async -> AdministrationError.Code? {
        do throws(AdministrationError) {
            _ = try await request.perform(on: administration)
            return nil
        } catch {
            return error.code
        }
    }
}

/// Collects texts from any thread.
private final class Notes: Sendable {
    private let list = Mutex<[String]>([])

    var all: [String] { list.withLock { $0 } }

    func add(_ note: String) { list.withLock { $0.append(note) } }
}
