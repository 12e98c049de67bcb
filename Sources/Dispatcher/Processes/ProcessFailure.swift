import Glibc

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
    ///
    /// - Parameters:
    ///   - failure: What the system said.
    ///   - name: The program, as the configuration has it.
    ///   - program: What was to be started.
    /// - Returns: The failure of the attempt, or that there was no room for it.
    static func notStarted(_ failure: StartFailure, name: String, program: Program) -> any Error {
        if failure.isWantOfRoom {
            return AttemptFailure.noRoom("the program \(name) cannot be started now: \(failure)")
        }
        let reason: String
        if failure.isDirectoryWrong {
            reason = "the working directory \(program.workingDirectory ?? ".") cannot be used: \(failure)"
        } else if ![ENOENT, ENOTDIR, EACCES].contains(failure.code) {
            reason = "the program \(name) cannot be started: \(failure)"
        } else if case .notExecutable(let path) = ProgramLookup.find(in: program.absolutePaths) {
            reason = "the program \(path) is not executable: chmod +x \(path)"
        } else if name.contains("/") {
            reason = "the program \(name) does not exist, or is not executable: \(failure)"
        } else {
            let path = program.variables["PATH"] ?? ""
            reason = "the program \(name) is not in PATH (\(path)), or not executable"
        }
        return ProcessFailure.notStarted(reason)
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
