import Foundation

/// Where the program of a command is looked for.
package enum ProgramLookup {
    /// What a command's first word leads to.
    package enum Finding: Equatable, Sendable {
        /// A file that may be executed.
        case executable
        /// A file that may not be executed, and none that may.
        case notExecutable(path: String)
        /// No file.
        case missing
    }

    /// Looks for a program.
    ///
    /// - Parameters:
    ///   - program: A path, or a name that is looked up in `PATH`.
    ///   - path: The command's `PATH`; nil for the one that commands have where nothing says another.
    /// - Returns: What there is.
    package static func find(_ program: String, path: String?) -> Finding {
        guard !program.contains("/") else { return find(in: [program]) }
        let folders = (path ?? CommandEnvironment.defaultPath).split(separator: ":")
        return find(in: folders.map { "\($0)/\(program)" })
    }

    /// Looks at the places where a program may be.
    static func find(in paths: [String]) -> Finding {
        let files = paths.filter(isFile)
        if files.contains(where: FileManager.default.isExecutableFile) { return .executable }
        return files.first.map { .notExecutable(path: $0) } ?? .missing
    }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        // The flag lives as long as the call.
        let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        return isThere && !isFolder.boolValue
    }
}
