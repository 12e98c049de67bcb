import CSQLite

/// What is set for all of SQLite in this process.
enum SQLiteLibrary {
    /// Whether SQLite is set up; looking at this does it, which has to be before a connection is opened.
    static let isPrepared: Bool = {
        // Counting the memory in use takes a lock for every allocation, and nobody asks for it. SQLite
        // refuses if it is in use already: then it goes on counting.
        forgewire_sqlite3_disable_memory_statistics()
        return GatheringFileSystem.register()
    }()
}
