import Foundation

/// Where the program of a command is looked for.
package enum ProgramLookup {
    /// Whether a command's first word leads to a program.
    ///
    /// - Parameters:
    ///   - program: A path, or a name that is looked up in `PATH`.
    ///   - path: The command's `PATH`; nil for the one that commands have where nothing says another.
    /// - Returns: Whether there is a file that may be executed.
    package static func isThere(_ program: String, path: String?) -> Bool {
        guard !program.contains("/") else { return isProgram(program) }
        let folders = (path ?? CommandEnvironment.defaultPath).split(separator: ":")
        return folders.contains { isProgram("\($0)/\(program)") }
    }

    private static func isProgram(_ path: String) -> Bool {
        let isFolder = try? URL(filePath: path).resourceValues(forKeys: [.isDirectoryKey]).isDirectory
        return FileManager.default.isExecutableFile(atPath: path) && isFolder != true
    }
}
