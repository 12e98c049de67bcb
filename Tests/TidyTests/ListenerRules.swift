/// A listener is a folder, a name in the manifest, an import and an entry in the registry; one without the
/// others is built by nobody or called by nobody.
enum ListenerRules {
    /// Where listeners are registered.
    static let registryPath = "Listeners/Registry.swift"

    /// What is missing somewhere, or stands for a folder that does not exist.
    ///
    /// - Parameters:
    ///   - folders: The folders below `Listeners`.
    ///   - manifest: What `Package.swift` says.
    ///   - registry: The registry's file.
    /// - Returns: One violation for each missing line, where it goes.
    static func unlisted(folders: Set<String>, manifest: Manifest, registry: SwiftFile) -> [Violation] {
        let entries = entries(in: registry)
        let all = folders.union(manifest.listeners.map(\.name)).union(entries.names.map(\.name))
        return all.sorted().flatMap { name -> [Violation] in
            guard folders.contains(name) else {
                return withoutFolder(name, manifest: manifest, entries: entries)
            }
            var missing: [Violation] = []
            if !manifest.listeners.contains(where: { $0.name == name }) {
                let message = "`\"\(name)\",` is missing in the array `listeners`"
                missing.append(Violation(path: Manifest.path, line: manifest.listenersLine, message: message))
            }
            if !registry.imports.contains(where: { $0.module == name }) {
                let message = "`internal import \(name)` is missing among the imports at the top"
                missing.append(registry.source.violation(line: 1, message))
            }
            if !entries.names.contains(where: { $0.name == name }) {
                let message = "`\(name)()` is missing between the braces of `ListenerRegistry { }`"
                missing.append(registry.source.violation(line: entries.line, message))
            }
            return missing
        }
    }

    private static func withoutFolder(_ name: String, manifest: Manifest, entries: Entries) -> [Violation] {
        let message = "`\(name)` has no folder `Listeners/\(name)`: add the folder or delete this line"
        let inManifest = manifest.listeners.filter { $0.name == name }
        let inRegistry = entries.names.filter { $0.name == name }
        return inManifest.map { Violation(path: Manifest.path, line: $0.line, message: message) }
            + inRegistry.map { Violation(path: registryPath, line: $0.line, message: message) }
    }

    private struct Entries {
        let line: Int
        let names: [Manifest.Name]
    }

    /// The types whose initialisers are called directly in the braces of `ListenerRegistry`.
    private static func entries(in registry: SwiftFile) -> Entries {
        let tokens = registry.tokens
        let start = tokens.indices.first {
            tokens.isCode("ListenerRegistry", at: $0) && tokens.isCode("{", at: $0 + 1)
        }
        guard let start else { return Entries(line: 1, names: []) }
        var names: [Manifest.Name] = []
        var index = start + 2
        while index < tokens.closing(of: start + 1) {
            if tokens[index].isCode("(") {
                names.append(Manifest.Name(name: tokens[index - 1].text, line: tokens[index - 1].line))
                index = tokens.closing(of: index)
            }
            index += 1
        }
        return Entries(line: tokens[start].line, names: names)
    }
}
