/// Imports go along the arrows of the architecture.
struct ImportRules {
    /// The arrows.
    let architecture: Architecture
    /// The names of the listeners' modules.
    let listeners: Set<String>

    private static let table = "Tests/TidyTests/Architecture.swift"

    /// The imports of a file that the architecture forbids.
    func forbiddenImports(_ file: SwiftFile) -> [Violation] {
        guard let module = architecture.module(of: file.source) else { return [] }
        guard let allowed = architecture.allowedImports(of: module, listeners: listeners) else {
            return [file.source.violation(line: 1, "`\(module)` has no row in \(Self.table)")]
        }
        return file.imports.compactMap { item in
            let isOwn = architecture.ownImports[item.module] != nil || listeners.contains(item.module)
            let isForbidden =
                isOwn ? !allowed.contains(item.module) : isForbiddenLibrary(item.module, in: module)
            guard isForbidden else { return nil }
            return file.source.violation(
                line: item.line,
                "`\(module)` may not import `\(item.module)`: see \(Self.table)"
            )
        }
    }

    /// Listeners import which libraries they like.
    private func isForbiddenLibrary(_ library: String, in module: String) -> Bool {
        guard architecture.ownImports[module] != nil else { return false }
        let reserved = architecture.reservedLibraries.filter { library.hasPrefix($0.key) }
        let banned = architecture.bannedLibraries.filter { library.hasPrefix($0.key) }
        return reserved.contains { !$0.value.contains(module) }
            || banned.contains { $0.value.contains(module) }
    }

    /// Dependencies in the manifest that the architecture forbids, or that no file of the target imports.
    ///
    /// - Parameters:
    ///   - manifest: What `Package.swift` says.
    ///   - files: The Swift files of all targets.
    /// - Returns: One violation for each dependency that is wrong.
    func wrongDependencies(_ manifest: Manifest, files: [SwiftFile]) -> [Violation] {
        manifest.targets.filter { architecture.ownImports[$0.name] != nil }.flatMap { target in
            let ownFiles = files.filter { architecture.module(of: $0.source) == target.name }
            let imported = Set(ownFiles.flatMap(\.imports).map(\.module))
            return target.dependencies.compactMap { dependency in
                problem(with: dependency.name, of: target.name, imported: imported).map {
                    Violation(path: Manifest.path, line: dependency.line, message: $0)
                }
            }
        }
    }

    private func problem(with dependency: String, of target: String, imported: Set<String>) -> String? {
        let allowed = architecture.allowedImports(of: target, listeners: listeners) ?? []
        if !allowed.contains(dependency) {
            return "`\(target)` may not depend on `\(dependency)`: see \(Self.table)"
        }
        if imported.contains(dependency) { return nil }
        return "`\(target)` imports `\(dependency)` nowhere: delete the dependency"
    }
}
