/// Where sections and the entries of lists stand; all tables are equal, as moving a line changes no
/// configuration.
struct LocationTable: Equatable, Sendable {
    private var places: [Key: SourceLocation] = [:]

    private struct Key: Hashable, Sendable {
        let path: String
        let entry: String?
    }

    init() {}

    /// The place of a source or listener by its path, such as `sources.github`.
    subscript(path: String) -> SourceLocation? {
        get { places[Key(path: path, entry: nil)] }
        set { places[Key(path: path, entry: nil)] = newValue }
    }

    /// The place of an entry, by its text and the path of its list such as `sources.github.secrets`.
    subscript(entry: String, in list: String) -> SourceLocation? {
        get { places[Key(path: list, entry: entry)] }
        set { places[Key(path: list, entry: entry)] = newValue }
    }

    /// Always true.
    static func == (left: LocationTable, right: LocationTable) -> Bool { true }
}
