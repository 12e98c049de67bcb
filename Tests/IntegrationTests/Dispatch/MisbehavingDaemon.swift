import Foundation
import TestKit

/// The daemon with listeners that no build should have; see `Tests/MisbehavingDaemon`.
enum MisbehavingDaemon {
    /// The title of the pull requests that bring the process down.
    static let poison = "poison"

    /// The file that `blocking` waits for.
    static let gate = "blocking.gate"

    /// Starts it and waits until it takes deliveries.
    ///
    /// - Parameters:
    ///   - folder: Its working directory.
    ///   - tracer: What runs it, such as `strace`.
    ///   - clock: The file that says by how many seconds its clock is wrong.
    /// - Returns: The daemon.
    /// - Throws: An error if it ends before it takes deliveries.
    static func start(
        in folder: TemporaryFolder,
        tracer: String = "",
        clock: String? = nil
    ) async throws -> DaemonProcess {
        try await DaemonProcess(
            in: folder,
            tracer: tracer,
            executable: try Executable.path(of: "MisbehavingDaemon"),
            // A trace of each crash takes longer than the rest of the test.
            environment: [
                "FORGEWIRE_TEST_GATE": folder.path(gate), "SWIFT_BACKTRACE": "enable=no",
            ]
            .merging(clock.map { ["FORGEWIRE_TEST_CLOCK": $0] } ?? [:]) { $1 }
        )
    }
}
