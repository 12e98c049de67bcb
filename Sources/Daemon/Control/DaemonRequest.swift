import Ingest
package import Settings

/// What a command asks of the daemon itself, so that nobody else can do it.
package protocol DaemonRequest: ControlMessage {
    /// Does it.
    ///
    /// - Returns: What was done.
    /// - Throws: `AdministrationError`.
    func perform(at desk: DaemonDesk) async throws(AdministrationError) -> Report
}

/// What the daemon does for commands, beside what it does with the outbox.
package struct DaemonDesk: Sendable {
    /// Takes over the configuration file.
    var reload: @Sendable () async throws(AdministrationError) -> ReloadRequest.Report
    /// Where deliveries are taken.
    var addresses: @Sendable () -> [ListenAddress]
}

/// The configuration file is to be taken over as it is now.
package struct ReloadRequest: DaemonRequest {
    package static let name = "reload"

    /// What is in force now.
    package struct Report: Codable, Hashable, Sendable {
        /// The names of the sources.
        package var sources: [String]
        /// The names of the listeners that get dispatches.
        package var listeners: [String]
        /// Whether the file says something that takes effect at the next start only.
        package var needsRestart: Bool
    }

    package init() {}

    package func perform(at desk: DaemonDesk) async throws(AdministrationError) -> Report {
        try await desk.reload()
    }
}

/// Where deliveries are taken is asked: a socket from systemd may be another than the configuration names.
package struct AddressesRequest: DaemonRequest {
    package static let name = "addresses"

    /// The addresses.
    package struct Report: Codable, Hashable, Sendable {
        package var addresses: [Address]
    }

    /// One address: a host with a port, or a path.
    package struct Address: Codable, Hashable, Sendable {
        package var host: String?
        package var port: Int?
        package var path: String?

        /// The address as the configuration has it; nil where that is none.
        package var setting: SocketAddressSetting? {
            if let host, let port { return .tcp(host: host, port: port) }
            return path.flatMap { $0.isEmpty ? nil : .unix(path: $0) }
        }
    }

    package init() {}

    package func perform(at desk: DaemonDesk) async throws(AdministrationError) -> Report {
        Report(
            addresses: desk.addresses().map { address in
                switch address {
                case .tcp(let host, let port): Address(host: host, port: port, path: nil)
                case .unix(let path): Address(host: nil, port: nil, path: path)
                }
            }
        )
    }
}
