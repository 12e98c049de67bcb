extension JSONValue {
    /// A commit's hash; nil for the one that stands for no commit.
    package var commitHash: String? { isZeroHash == true ? nil : text }

    /// Whether it is the hash that stands for no commit, all zeros; nil where there is none.
    package var isZeroHash: Bool? {
        text.map { $0.utf8.allSatisfy { $0 == UInt8(ascii: "0") } }
    }

    /// A branch's name, of its full ref or itself.
    package var branchName: String? {
        guard let text else { return nil }
        return text.hasPrefix("refs/heads/") ? String(text.dropFirst(11)) : text
    }
}
