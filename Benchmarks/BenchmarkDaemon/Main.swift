import Daemon
import Foundation
import ListenerKit
import Logging

/// The daemon with two listeners that do nothing, for `Benchmarks/suite.py`; its argument is its
/// configuration file.
///
/// When it has stopped it prints, for each listener, how long after an event was received it was started.
@main
struct Main {
    private static let usageExit: Int32 = 64

    static func main() async throws {
        guard CommandLine.arguments.count == 2, let file = CommandLine.arguments.last else { exit(usageExit) }
        let (first, second) = (NoOp(name: "no-op-a"), NoOp(name: "no-op-b"))
        let process = DaemonProcess(
            configurationPath: file,
            program: Daemon.Program(version: "benchmark", isolationArguments: []),
            logLevel: .notice,
            makeRegistry: {
                try ListenerRegistry {
                    first
                    second
                }
            }
        )
        try await process.serve()
        for listener in [first, second] {
            try LineOutput.standardOutput.write(listener.delays.json(named: listener.name))
        }
    }
}
