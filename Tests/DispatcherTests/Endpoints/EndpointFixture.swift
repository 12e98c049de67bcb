import Events
import Logging
import Synchronization
import TestKit

@testable import Dispatcher

/// What the tests of endpoints are made of.
enum EndpointFixture {
    /// The event document of every attempt.
    static let json = Array(#"{"id":15,"schema":1}"#.utf8)

    /// Settings for a server on loopback, which they allow.
    static func settings(port: Int, host: String = "127.0.0.1", path: String = "/hooks") -> EndpointSettings {
        var settings = EndpointSettings(
            url: "http://\(host):\(port)\(path)",
            webhookID: { "msg_f00d_\($0.event)_\($0.origin)" },
            userAgent: "Forgewire/1.2.3",
            concurrency: 4
        )
        settings.allowedAddresses = { $0.first == 127 }
        settings.idleTimeout = .seconds(3600)  // a busy machine may let a minute pass between two attempts
        return settings
    }

    /// One attempt.
    static func attempt(
        _ number: Int = 1,
        event: Int64 = 15,
        isOutOfOrder: Bool = false,
        payload: [UInt8] = []
    ) -> Attempt {
        let now = ManualClock().now
        var dispatch = ClaimedDispatch(
            event: event,
            listener: "chat",
            attempt: number,
            startedAt: now,
            delivery: 12,
            receivedAt: now,
            kind: "comment",
            json: json
        )
        dispatch.isOutOfOrder = isOutOfOrder
        return Attempt(
            dispatch: dispatch,
            deadline: .showing(now.advanced(by: .seconds(10))),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            payload: { payload },
            isInterrupted: { false }
        )
    }

    /// Runs one attempt with a runner of its own.
    ///
    /// - Parameters:
    ///   - settings: The endpoint's.
    ///   - clock: The time.
    ///   - attempt: What to deliver.
    /// - Returns: What the runner threw; nil if the event is delivered.
    static func outcome(
        _ settings: EndpointSettings,
        clock: ManualClock = ManualClock(),
        attempt: Attempt = attempt()
    ) async -> (any Error)? {
        let runner = EndpointRunner(settings, clock: clock.machineClock)
        let error = await error(of: runner, attempt)
        await runner.close()
        return error
    }

    /// Runs one attempt of a runner; gives what it threw.
    static func error(of runner: EndpointRunner, _ attempt: Attempt = attempt()) async -> (any Error)? {
        do {
            try await runner.run(attempt)
            return nil
        } catch {
            return error
        }
    }

    /// What a server's answer becomes.
    static func outcome(of answer: EndpointServer.Answer, clock: ManualClock = ManualClock()) async throws
        -> (any Error)?
    {
        try await EndpointServer.run([answer]) { await outcome(settings(port: $0.port), clock: clock) }
    }

    /// An address of a test.
    static func addresses(_ texts: [String]) -> [EndpointAddress] {
        texts.compactMap { EndpointAddress(literal: $0) }
    }
}

/// A resolver's answers that a test changes.
final class ChangingAddresses: Sendable {
    private let state: Mutex<[EndpointAddress]>

    init(_ texts: [String]) {
        state = Mutex(EndpointFixture.addresses(texts))
    }

    /// What the name stands for.
    var current: [EndpointAddress] { state.withLock { $0 } }

    /// Lets the name stand for something else.
    func change(to texts: [String]) { state.withLock { $0 = EndpointFixture.addresses(texts) } }
}
