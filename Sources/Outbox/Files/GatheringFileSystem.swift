import GRDBSQLite

/// The system's files, as SQLite knows them, but for write-ahead logs, which gather writes.
///
/// GRDB opens every connection with SQLite's default, so this becomes the default.
enum GatheringFileSystem {
    /// What does the work; found before this file system is the default, and valid as long as the process.
    nonisolated(unsafe) private static let system = unsafe sqlite3_vfs_find(nil)

    private static let name: StaticString = "forgewire"

    /// Makes it SQLite's default, once; false if SQLite says that it cannot.
    static func register() -> Bool {
        guard let system = unsafe system else { return false }
        // What is not replaced is the system's; it takes no more from its own structure than is in the copy.
        var gathering = unsafe system.pointee
        unsafe gathering.pNext = nil
        unsafe gathering.zName = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
        unsafe gathering.szOsFile += CInt(GatheringFile.headerByteCount)
        unsafe gathering.xOpen = { _, path, file, flags, openedFlags in
            unsafe GatheringFileSystem.open(path, file, flags, openedFlags)
        }
        // For the life of the process.
        let pointer = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        unsafe pointer.initialize(to: gathering)
        return unsafe sqlite3_vfs_register(pointer, 1) == SQLITE_OK
    }

    /// Has the system open a file, and a log's writes gathered.
    private static func open(
        _ path: UnsafePointer<CChar>?,
        _ file: UnsafeMutablePointer<sqlite3_file>?,
        _ flags: CInt,
        _ openedFlags: UnsafeMutablePointer<CInt>?
    ) -> CInt {
        guard let system = unsafe system, let file = unsafe file else { return SQLITE_MISUSE }
        guard flags & SQLITE_OPEN_WAL != 0 else {
            return unsafe system.pointee.xOpen(system, path, file, flags, openedFlags)
        }
        let gathering = unsafe GatheringFile(file)
        // Without methods, SQLite does not close what could not be opened.
        unsafe file.pointee.pMethods = nil
        let code = unsafe system.pointee.xOpen(system, path, gathering.system, flags, openedFlags)
        if code == SQLITE_OK { gathering.begin() }
        return code
    }
}
