import Foundation
import TestKit

/// The daemon with listeners that no build should have; see `Tests/MisbehavingDaemon`.
enum MisbehavingDaemon {
    /// The title of the pull requests that bring the process down.
    static let poison = "poison"

    /// The file that `blocking` waits for.
    static let gate = "blocking.gate"

    /// Starts it and waits until it takes deliveries.
    static func start(in folder: TemporaryFolder, tracer: String = "") async throws -> DaemonProcess {
        try await DaemonProcess(
            in: folder,
            tracer: tracer,
            executable: try Executable.path(of: "MisbehavingDaemon"),
            // A trace of each crash takes longer than the rest of the test.
            environment: [
                "FORGEWIRE_TEST_GATE": folder.path(gate), "SWIFT_BACKTRACE": "enable=no",
            ]
        )
    }
}
