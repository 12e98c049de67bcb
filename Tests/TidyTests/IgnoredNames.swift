/// What git ignores, as far as this project's `.gitignore` goes: names with at most one `*`, for any folder.
struct IgnoredNames: Sendable {
    private struct Pattern {
        let start: Substring
        let end: Substring
        let isExact: Bool
        let isFolderOnly: Bool
    }

    private let patterns: [Pattern]

    /// Reads the lines of a `.gitignore`; `.git` is always ignored.
    init(gitignore: String) {
        let lines = gitignore.split(separator: "\n").filter { !$0.hasPrefix("#") }
        patterns = ([".git"] + lines).map { line in
            let name = line.hasSuffix("/") ? line.dropLast() : line
            let parts = name.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
            return Pattern(
                start: parts.first ?? "",
                end: parts.count > 1 ? parts[1] : "",
                isExact: parts.count == 1,
                isFolderOnly: line.hasSuffix("/")
            )
        }
    }

    /// Whether a file or folder of that name is ignored.
    func contains(_ name: String, isFolder: Bool) -> Bool {
        patterns.contains { pattern in
            if pattern.isFolderOnly, !isFolder { return false }
            if pattern.isExact { return name == pattern.start }
            return name.count >= pattern.start.count + pattern.end.count
                && name.hasPrefix(pattern.start) && name.hasSuffix(pattern.end)
        }
    }
}
