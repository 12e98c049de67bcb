/// The tree is the architecture: everything has its place and is told of.
enum TreeRules {
    /// What may stand at the top, besides names that begin with a dot.
    static let topLevel: Set = [
        "Benchmarks", "Config", "Listeners", "Makefile", "Package.swift", "README.md", "Sources", "Tests",
        "systemd",
    ]

    /// Folders of `Providers` that hold no provider, and why they are there.
    static let otherProviderFolders = ["JSON": "the parser that all providers share"]

    private static let catalogPath = "Sources/Providers/ProviderCatalog.swift"

    /// Names at the top that do not belong there.
    static func strayNames(_ names: Set<String>) -> [Violation] {
        names.filter { !topLevel.contains($0) && !$0.hasPrefix(".") }.sorted().map {
            Violation(path: $0, line: 1, message: "does not belong at the top: put it where its user is")
        }
    }

    /// Targets without a sentence in the architecture section of the README.
    static func untoldTargets(_ targets: Set<String>, readme: SourceFile) -> [Violation] {
        guard let section = architectureSection(of: readme) else {
            return [readme.violation(line: 1, "there is no section `Architecture`")]
        }
        return targets.sorted().filter { target in !section.lines.contains { tells(of: target, $0) } }.map {
            readme.violation(
                line: section.line,
                "`\($0)` has no sentence here: say what `Sources/\($0)` is for"
            )
        }
    }

    /// Whether a line has the name in backticks and some words besides.
    private static func tells(of target: String, _ line: Substring) -> Bool {
        line.contains("`\(target)`")
            && line.split(separator: " ").filter { $0.first?.isLetter == true }.count >= 3
    }

    private static func architectureSection(of file: SourceFile) -> (line: Int, lines: ArraySlice<Substring>)?
    {
        let lines = file.lines
        let level = { (line: Substring) in line.contains("# ") ? line.prefix { $0 == "#" }.count : 0 }
        let start = lines.firstIndex { level($0) > 0 && $0.lowercased().contains("architecture") }
        guard let start else { return nil }
        let rest = lines[(start + 1)...]
        let end = rest.firstIndex { (1...level(lines[start])).contains(level($0)) } ?? lines.endIndex
        return (start + 1, lines[start..<end])
    }

    /// Providers that the catalog does not list, and folders of `Providers` without a provider.
    ///
    /// - Parameters:
    ///   - files: The Swift files of `Providers`, the catalog among them.
    ///   - otherFolders: The folders that need no provider.
    /// - Returns: One violation for each missing line or stray folder.
    static func unlistedProviders(
        _ files: [SwiftFile],
        otherFolders: Set<String> = Set(otherProviderFolders.keys)
    ) -> [Violation] {
        guard let catalog = files.first(where: { $0.path == catalogPath }) else {
            return [Violation(path: catalogPath, line: 1, message: "the catalog is missing")]
        }
        let listed = Set(catalog.tokens.map(\.text))
        let byFolder = Dictionary(grouping: files) { $0.source.folder(below: "Sources/Providers") }
        return byFolder.sorted { $0.key ?? "" < $1.key ?? "" }.flatMap { folder, files -> [Violation] in
            let providers = files.flatMap(providers)
            let unlisted = providers.filter { !listed.contains($0) }.map {
                Violation(path: catalogPath, line: 1, message: "`\($0)()` is missing in the array `all`")
            }
            guard let folder, providers.isEmpty != otherFolders.contains(folder) else { return unlisted }
            let message =
                providers.isEmpty
                ? "the folder has no type that conforms to `Provider`"
                : "the folder is listed as having no provider"
            return unlisted + [Violation(path: "Sources/Providers/\(folder)", line: 1, message: message)]
        }
    }

    /// What every provider's folder has, behind the provider's name.
    static let providerFiles = [
        ".swift", "+Authentication.swift", "+Events.swift", "+Identity.swift", "+Samples.swift",
    ]

    /// Providers' folders without one of the files that all of them have.
    static func missingProviderFiles(
        _ files: [SwiftFile],
        otherFolders: Set<String> = Set(otherProviderFolders.keys)
    ) -> [Violation] {
        let paths = Set(files.map(\.path))
        let folders = Set(files.compactMap { $0.source.folder(below: "Sources/Providers") })
        return folders.subtracting(otherFolders).sorted().flatMap { folder -> [Violation] in
            let path = "Sources/Providers/\(folder)"
            return providerFiles.filter { !paths.contains("\(path)/\(folder)\($0)") }.map {
                Violation(
                    path: path,
                    line: 1,
                    message: "`\(folder)\($0)` is missing, which every provider has"
                )
            }
        }
    }

    /// The types that a file declares as `Provider`.
    private static func providers(in file: SwiftFile) -> [String] {
        let tokens = file.tokens
        return tokens.indices.compactMap { index in
            let isType = ["class", "enum", "extension", "struct"].contains { tokens.isCode($0, at: index) }
            guard isType, let brace = tokens[index...].firstIndex(where: { $0.isCode("{") }) else {
                return nil
            }
            let conforms = tokens[index..<brace].dropFirst(2).contains { $0.isCode("Provider") }
            return conforms ? tokens[index + 1].text : nil
        }
    }
}
