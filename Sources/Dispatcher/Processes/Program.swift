import Glibc
import SystemPackage

/// A program that is to be started.
struct Program: Hashable, Sendable {
    /// Where it may be; the first of them that can be run is.
    var paths: [String]
    /// Its arguments, its own name first.
    var arguments: [String]
    /// All variables of its environment.
    var variables: [String: String]
    /// Where it runs; nil for this process's working directory.
    var workingDirectory: String?
    /// Whether its stdout is read; if not, it has this process's.
    var isOutputRead = true

    /// Where it may be, for this process: relative paths are relative to where it runs.
    var absolutePaths: [String] {
        paths.map { $0.hasPrefix("/") ? $0 : "\(workingDirectory ?? ".")/\($0)" }
    }

    /// A program that is at one path.
    init(path: String, arguments: [String], variables: [String: String], workingDirectory: String? = nil) {
        paths = [path]
        self.arguments = arguments
        self.variables = variables
        self.workingDirectory = workingDirectory
    }

    /// A program that is looked for as `PATH` says, among its variables.
    init(named name: String, arguments: [String], variables: [String: String], workingDirectory: String?) {
        self.init(
            path: name,
            arguments: arguments,
            variables: variables,
            workingDirectory: workingDirectory
        )
        let folders = (variables["PATH"] ?? "").split(separator: ":", omittingEmptySubsequences: false)
        // An empty folder is the one that the program runs in, as for a shell.
        paths = folders.map { $0.isEmpty ? "./\(name)" : "\($0)/\(name)" }
    }
}

/// Why a program was not started.
struct StartFailure: Error, Hashable, CustomStringConvertible {
    /// The system's error.
    let code: Int32
    /// Whether it is the working directory that cannot be used.
    var isDirectoryWrong = false

    /// What the system says.
    var description: String { Errno(rawValue: code).description }

    /// Whether the same may work when others have ended: descriptors, processes or memory are short.
    var isWantOfRoom: Bool { [EMFILE, ENFILE, EAGAIN, ENOMEM, ENOBUFS].contains(code) }
}
