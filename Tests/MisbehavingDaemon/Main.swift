import Daemon
import Foundation
import Logging
import Settings

/// The daemon with listeners that no build should have, for the tests of what becomes of them.
@main
struct Main {
    private static let isolatedAttempt = "isolated-attempt"
    private static let usageExit: Int32 = 64
    private static let invalidConfigurationExit: Int32 = 78

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let process = DaemonProcess(
            configurationPath: value(of: "--config", in: arguments),
            program: Daemon.Program(version: "test", isolationArguments: [isolatedAttempt]),
            logLevel: .debug,
            clock: .wrong(ProcessInfo.processInfo.environment["FORGEWIRE_TEST_CLOCK"]),
            makeRegistry: { try makeMisbehavingRegistry() }
        )
        switch arguments.first {
        case "serve": try await serve(process)
        case isolatedAttempt: try await runAttempt(process, arguments)
        default: exit(usageExit)
        }
    }

    private static func serve(_ process: DaemonProcess) async throws {
        do {
            try await process.serve()
        } catch let error as ConfigurationError {
            for problem in error.problems {
                FileHandle.standardError.write(Data("\(problem)\n".utf8))
            }
            exit(invalidConfigurationExit)
        }
    }

    private static func runAttempt(_ process: DaemonProcess, _ arguments: [String]) async throws {
        guard let outbox = value(of: "--outbox", in: arguments),
            let listener = value(of: "--listener", in: arguments)
        else { exit(usageExit) }
        let leavesCoreDumps = arguments.contains("--core-dumps")
        exit(
            try await process.runAttempt(
                ofListener: listener,
                outboxPath: outbox,
                leavesCoreDumps: leavesCoreDumps
            )
        )
    }

    private static func value(of option: String, in arguments: [String]) -> String? {
        guard let index = arguments.firstIndex(of: option), index + 1 < arguments.count else { return nil }
        return arguments[index + 1]
    }
}
