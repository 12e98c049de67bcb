import GRDBSQLite

/// A write-ahead log as SQLite knows it: writes are gathered, and everything else goes to the system's file.
///
/// SQLite gives the memory: for this, and behind it for the system's own. It calls from one thread at a time,
/// between a successful opening and the end of `xClose`; so every pointer here is valid.
@safe struct GatheringFile: WritableFile {
    /// What lies in SQLite's memory before the system's file.
    @safe private struct Header {
        /// First, as SQLite's pointers to the file are pointers to this.
        var file: sqlite3_file
        var writes: Unmanaged<GatheredWrites>
    }

    /// The size of what comes before the system's file, which is aligned like memory from `malloc`.
    static let headerByteCount = (MemoryLayout<Header>.size + 15) & ~15

    /// What SQLite calls, for all files; as a log it has no shared memory and no mapping, so that the first
    /// version is enough.
    nonisolated(unsafe) private static let methods = unsafe makeMethods()

    /// `SQLITE_IOERR_WRITE`, a macro that Swift does not see.
    private static let writeError = SQLITE_IOERR | (3 << 8)

    private let header: UnsafeMutablePointer<Header>
    /// The file of the system, which knows what to do.
    let system: UnsafeMutablePointer<sqlite3_file>

    /// The file that SQLite means.
    init(_ file: UnsafeMutablePointer<sqlite3_file>) {
        let memory = UnsafeMutableRawPointer(file)
        unsafe header = memory.assumingMemoryBound(to: Header.self)
        unsafe system = (memory + Self.headerByteCount).assumingMemoryBound(to: sqlite3_file.self)
    }

    fileprivate var writes: GatheredWrites { unsafe header.pointee.writes.takeUnretainedValue() }

    fileprivate var systemMethods: sqlite3_io_methods { unsafe system.pointee.pMethods.pointee }

    /// Tells SQLite to use the file, once the system has opened it.
    func begin() {
        // Without this promise SQLite writes the last page in parts, and others behind it to fill a sector.
        let promises = unsafe systemMethods.xDeviceCharacteristics(system)
        let isSafe = promises & SQLITE_IOCAP_POWERSAFE_OVERWRITE != 0
        let gathered = GatheredWrites(bytesMax: isSafe ? GatheredWrites.bytesMax : 0)
        let writes = unsafe Unmanaged.passRetained(gathered)
        unsafe header.initialize(to: Header(file: sqlite3_file(pMethods: Self.methods), writes: writes))
    }

    /// Writes to the system's file.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> CInt {
        unsafe systemMethods.xWrite(system, bytes.baseAddress, CInt(bytes.count), offset)
    }

    /// Writes what is held back, and has the system do something else if that succeeds.
    ///
    /// A full disk counts as an error of writing here: SQLite may go on with a transaction in which a call
    /// other than a write says that the disk is full.
    fileprivate func flushed(_ next: (UnsafeMutablePointer<sqlite3_file>, sqlite3_io_methods) -> CInt) -> CInt
    {
        switch writes.flush(to: self) {
        case SQLITE_OK: return unsafe next(system, systemMethods)
        case SQLITE_FULL: return Self.writeError
        case let code: return code
        }
    }

    fileprivate func close() -> CInt {
        let flushed = writes.flush(to: self)
        unsafe header.pointee.writes.release()
        let closed = unsafe systemMethods.xClose(system)
        return flushed == SQLITE_OK ? closed : flushed
    }

    private static func makeMethods() -> UnsafePointer<sqlite3_io_methods> {
        var methods = sqlite3_io_methods()
        methods.iVersion = 1
        unsafe methods.xClose = { file in unsafe gathering(file) { $0.close() } }
        unsafe methods.xRead = { file, bytes, count, offset in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xRead($0, bytes, count, offset) } }
        }
        unsafe methods.xWrite = { file, bytes, count, offset in
            unsafe gathering(file) {
                unsafe $0.writes.write(
                    UnsafeRawBufferPointer(start: bytes, count: Int(count)),
                    at: offset,
                    to: $0
                )
            }
        }
        unsafe methods.xTruncate = { file, size in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xTruncate($0, size) } }
        }
        unsafe methods.xSync = { file, flags in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xSync($0, flags) } }
        }
        unsafe methods.xFileSize = { file, size in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xFileSize($0, size) } }
        }
        unsafe methods.xLock = { file, level in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xLock($0, level) } }
        }
        unsafe methods.xUnlock = { file, level in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xUnlock($0, level) } }
        }
        unsafe methods.xCheckReservedLock = { file, result in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xCheckReservedLock($0, result) } }
        }
        unsafe methods.xFileControl = { file, operation, argument in
            unsafe gathering(file) { unsafe $0.flushed { unsafe $1.xFileControl($0, operation, argument) } }
        }
        unsafe methods.xSectorSize = { file in
            unsafe gathering(file) { unsafe $0.systemMethods.xSectorSize($0.system) }
        }
        unsafe methods.xDeviceCharacteristics = { file in
            unsafe gathering(file) { unsafe $0.systemMethods.xDeviceCharacteristics($0.system) }
        }
        // For the life of the process.
        let pointer = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        unsafe pointer.initialize(to: methods)
        return unsafe UnsafePointer(pointer)
    }
}

/// Calls a method of a file that SQLite means.
private func gathering(
    _ file: UnsafeMutablePointer<sqlite3_file>?,
    _ method: (GatheringFile) -> CInt
) -> CInt {
    guard let file = unsafe file else { return SQLITE_MISUSE }
    return unsafe method(GatheringFile(file))
}
