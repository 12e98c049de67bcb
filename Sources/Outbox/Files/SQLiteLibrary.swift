import CSQLite

/// What is set for all of SQLite in this process.
enum SQLiteLibrary {
    /// Sets SQLite up, once, before the first connection is opened; false if it cannot.
    static func prepare() -> Bool { isPrepared }

    private static let isPrepared: Bool = {
        // Counting the memory in use takes a lock for every allocation, and nobody asks for it. SQLite
        // refuses if it is in use already: then it goes on counting.
        forgewire_sqlite3_disable_memory_statistics()
        return GatheringFileSystem.register()
    }()
}
