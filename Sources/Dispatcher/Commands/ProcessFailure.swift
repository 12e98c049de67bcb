import Glibc
import Subprocess

/// Why a program did not do what it was started for; the attempt is repeated.
enum ProcessFailure: Error, Hashable, CustomStringConvertible {
    /// It was not started.
    case notStarted(String)
    /// It exited with a code other than zero; with its last line on stderr, if there is one.
    case exit(code: Int32, lastLine: String?)

    /// What happened, and where that is in the user's hands, what to do.
    var description: String {
        switch self {
        case .notStarted(let reason): reason
        case .exit(let code, nil): "exit code \(code)"
        case .exit(let code, let line?): "exit code \(code): \(line)"
        }
    }

    /// Says what was tried when a program could not be started.
    static func notStarted(
        _ error: SubprocessError,
        program: String,
        workingDirectory: String?,
        path: String?
    ) -> ProcessFailure {
        let cause = error.underlyingError.map { ": \($0)" } ?? ""
        switch error.code {
        case .failedToChangeWorkingDirectory:
            return .notStarted("the working directory \(workingDirectory ?? ".") cannot be used\(cause)")
        case .executableNotFound where !program.contains("/"):
            return .notStarted("the program \(program) is not in PATH (\(path ?? "")), or not executable")
        case .executableNotFound:
            return .notStarted("the program \(program) does not exist, or is not executable\(cause)")
        case .spawnFailed:
            return .notStarted("the program \(program) cannot be started\(cause)")
        default:
            return .notStarted("the program \(program) cannot be run: \(error)")
        }
    }

    /// Says how a signal ended a program.
    static func ended(by signal: Int32) -> String {
        signalNames[signal].map { "ended by signal \(signal) (\($0))" } ?? "ended by signal \(signal)"
    }

    private static let signalNames = [
        SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP",
        SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1",
        SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2", SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM",
        SIGXCPU: "SIGXCPU", SIGXFSZ: "SIGXFSZ", SIGSYS: "SIGSYS",
    ]
}
