import Ingest
import Logging
import Settings
import Synchronization

/// How far the daemon is: what the steps of the start wait for, and what `/readyz`, systemd and the log are
/// told.
///
/// The start goes from the lock by the outbox, ingest, the admin address and the control socket to being
/// ready; the stop goes back.
final class DaemonStatus: Sendable {
    /// Deliveries are taken, so the admin address may be opened.
    let ingestIsOpen = StartGate()
    /// Operators can look, so commands may be taken.
    let adminIsOpen = StartGate()
    /// All is there, so attempts and reloads may begin.
    let isReady = StartGate()

    /// What `/readyz` asks.
    let readiness: Readiness
    private let notifier: SystemdNotifier
    private let configured: [SocketAddressSetting]
    private let isFromSystemd: Bool
    private let logger: Logger
    private let state = Mutex(State())

    private struct State {
        var phase = Phase.starting
        var addresses: [ListenAddress] = []
    }

    private enum Phase {
        /// Not all is there.
        case starting
        /// The start ended before all was there.
        case givenUp
        /// All is there.
        case serving
        /// All was there.
        case stopping
    }

    /// Makes the status of a daemon that begins to start.
    ///
    /// - Parameters:
    ///   - readiness: What `/readyz` asks.
    ///   - notifier: The way to systemd.
    ///   - configured: What `ingest.listen` says.
    ///   - isFromSystemd: Whether sockets were handed over, which are used instead.
    ///   - logger: The daemon's log.
    init(
        readiness: Readiness,
        notifier: SystemdNotifier,
        configured: [SocketAddressSetting],
        isFromSystemd: Bool,
        logger: Logger
    ) {
        self.readiness = readiness
        self.notifier = notifier
        self.configured = configured
        self.isFromSystemd = isFromSystemd
        self.logger = logger
    }

    /// Where deliveries are taken.
    var addresses: [ListenAddress] { state.withLock { $0.addresses } }

    /// Whether the start was successful.
    var hasStarted: Bool { state.withLock { $0.phase == .serving || $0.phase == .stopping } }

    /// Ingest takes deliveries.
    func ingestOpened(_ addresses: [ListenAddress]) {
        state.withLock { $0.addresses = addresses }
        logger.notice("Forgewire takes deliveries", metadata: ["addresses": "\(Self.shown(addresses))"])
        if isFromSystemd { compare(addresses) }
        ingestIsOpen.open()
    }

    private func compare(_ addresses: [ListenAddress]) {
        let unused = configured.filter { setting in !addresses.contains(where: setting.isServed) }
        let unexpected = addresses.filter { address in !configured.contains { $0.isServed(by: address) } }
        guard !unused.isEmpty || !unexpected.isEmpty else { return }
        logger.notice(
            "The sockets from systemd are not those of ingest.listen, which is not used",
            metadata: [
                "addresses.systemd": "\(Self.shown(addresses))",
                "addresses.configured": "\(Self.shown(configured))",
            ]
        )
    }

    /// The admin address answers.
    func adminOpened(_ address: String) {
        logger.notice("Health and metrics are served", metadata: ["address": "\(address)"])
        adminIsOpen.open()
    }

    /// Commands are taken, or it is known that they cannot be: the start is done.
    func controlOpened() {
        let isFirst = state.withLock { state in
            guard state.phase == .starting else { return false }
            state.phase = .serving
            return true
        }
        guard isFirst else { return }
        readiness.setOpen(true)
        notifier.notify(.ready, status: servingText)
        isReady.open()
    }

    /// The configuration is read again.
    func reloading() {
        guard isServing else { return }
        notifier.notify(.reloading, status: "Reads the configuration again")
    }

    /// The configuration was read again.
    ///
    /// - Parameter problem: Why it was not taken, if it was not.
    func reloaded(problem: String?) {
        guard isServing else { return }
        let outcome = problem.map { "; the configuration was not taken: \($0)" } ?? ""
        notifier.notify(.ready, status: servingText + outcome)
    }

    /// No new work is begun.
    func stopping() {
        let wasServing = state.withLock { state in
            switch state.phase {
            case .starting: state.phase = .givenUp
            case .serving:
                state.phase = .stopping
                return true
            case .givenUp, .stopping: break
            }
            return false
        }
        readiness.setOpen(false)
        isReady.abandon()
        guard wasServing else { return }
        notifier.notify(.stopping, status: "Finishes requests and attempts in progress")
        logger.notice("Forgewire stops: requests and attempts in progress are finished")
    }

    private var isServing: Bool { state.withLock { $0.phase == .serving } }

    private var servingText: String { "Takes deliveries on \(Self.shown(addresses))" }

    private static func shown(_ addresses: [some CustomStringConvertible]) -> String {
        addresses.map(\.description).joined(separator: " ")
    }
}

extension SocketAddressSetting {
    /// Whether a socket that is open is the one that the configuration means.
    func isServed(by address: ListenAddress) -> Bool {
        switch (self, address) {
        case (.tcp(let host, let port), .tcp(let openHost, let openPort)):
            guard port == openPort, let open = IPAddress(openHost) else { return false }
            // A name is not looked up for this: it may mean any address.
            return IPAddress(host).map { $0 == open } ?? true
        case (.unix(let path), .unix(let openPath)):
            return path == openPath || openPath.hasSuffix("/" + path)
        case (.tcp, .unix), (.unix, .tcp): return false
        }
    }
}
