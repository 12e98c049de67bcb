extension JSONValue {
    /// A commit's hash; nil for the one that stands for no commit.
    package var commitHash: String? { isZeroHash == true ? nil : text }

    /// Whether it is the hash that stands for no commit, all zeros; nil where there is none.
    package var isZeroHash: Bool? {
        text.map { $0.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }
    }

    /// A branch's name, of its full ref or itself; nil where nothing stands behind `refs/heads/`.
    package var branchName: String? { text.flatMap(Self.branchName(ofRef:)) }

    /// A branch's name, of its full ref or itself; nil where nothing stands behind `refs/heads/`.
    static func branchName(ofRef ref: String) -> String? {
        let name = ref.withoutPrefix(branchPrefix) ?? ref
        return name.isEmpty ? nil : name
    }

    private static let branchPrefix = "refs/heads/"
}
