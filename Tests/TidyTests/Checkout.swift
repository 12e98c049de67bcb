import Foundation

/// The files of the repository, without what git ignores.
struct Checkout: Sendable {
    /// The checkout that this file belongs to.
    static let project = Checkout(root: topOfRepository)

    /// Every text file, sorted by path.
    let files: [SourceFile]
    /// Every file and folder, relative to the top.
    let paths: Set<String>
    /// Every Swift file of the package, without the benchmarks, which no build of the product has.
    let swiftFiles: [SwiftFile]

    /// Reads a checkout.
    init(root: URL) {
        let ignored = IgnoredNames(gitignore: Self.text(root.appending(path: ".gitignore")) ?? "")
        let paths = Self.paths(below: root, prefix: "", ignored: ignored).sorted()
        let files = paths.compactMap { path in
            Self.text(root.appending(path: path)).map { SourceFile(path: path, text: $0) }
        }
        self.init(files: files, paths: Set(paths))
    }

    /// Makes a checkout that is not on disk.
    ///
    /// - Parameters:
    ///   - files: Its text files.
    ///   - paths: Its other files and its folders; those that the text files are in are known.
    init(files: [SourceFile], paths: Set<String> = []) {
        self.files = files
        self.paths = files.reduce(into: paths) { paths, file in
            let parts = file.path.split(separator: "/")
            for count in parts.indices { paths.insert(parts[...count].joined(separator: "/")) }
        }
        let sources = files.filter { $0.path.hasSuffix(".swift") && !$0.path.hasPrefix("Benchmarks/") }
        swiftFiles = sources.map(SwiftFile.init)
    }

    /// Whether a path, which may end in a slash, is a file or folder; the empty path is the top.
    func contains(_ path: String) -> Bool {
        let bare = path.hasSuffix("/") ? String(path.dropLast()) : path
        return bare.isEmpty || paths.contains(bare)
    }

    /// A text file by its path.
    func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }

    /// A Swift file by its path.
    func swiftFile(_ path: String) -> SwiftFile? { swiftFiles.first { $0.path == path } }

    /// The names of the folders directly in a folder.
    func folders(in parent: String) -> Set<String> { Set(files.compactMap { $0.folder(below: parent) }) }

    /// The names of what stands at the top.
    var topLevel: Set<String> { paths.filter { !$0.contains("/") } }

    private static var topOfRepository: URL {
        var url = URL(filePath: #filePath).resolvingSymlinksInPath()
        for _ in ["Checkout.swift", "TidyTests", "Tests"] { url.deleteLastPathComponent() }
        return url
    }

    private static func paths(below folder: URL, prefix: String, ignored: IgnoredNames) -> [String] {
        // A folder that cannot be listed counts as empty; the tests of what must be there would fail.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.flatMap { name -> [String] in
            let url = folder.appending(path: name)
            let values = try? url.resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
            let isFolder = values?.isDirectory == true && values?.isSymbolicLink != true
            guard !ignored.contains(name, isFolder: isFolder) else { return [] }
            let inside = isFolder ? paths(below: url, prefix: "\(prefix)\(name)/", ignored: ignored) : []
            return ["\(prefix)\(name)"] + inside
        }
    }

    /// The content of a text file; nil for folders and for bytes that are no text.
    private static func text(_ url: URL) -> String? {
        guard let data = try? Data(contentsOf: url), !data.contains(0) else { return nil }
        return String(bytes: data, encoding: .utf8)
    }
}
