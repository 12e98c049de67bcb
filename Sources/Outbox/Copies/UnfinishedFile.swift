private import Foundation

/// A database that is being made, under a name of its own until it is complete and on disk.
struct UnfinishedFile {
    /// Where it is until then.
    let path: String

    /// What SQLite may keep beside a database.
    static let companions = ["-journal", "-wal", "-shm"]

    /// Makes the file, empty.
    ///
    /// It is closed again before SQLite opens it: closing it later would give up SQLite's POSIX locks.
    ///
    /// - Parameters:
    ///   - path: Where nothing is.
    ///   - rights: Who may read and write it.
    /// - Throws: `OutboxError` if something is there, or the file cannot be made as it should be; nothing is
    ///   left then.
    init(making path: String, rights: FileRights) throws(OutboxError) {
        self.path = path
        // The path's C string lives as long as the call.
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            let advice = "another process is writing it, or one was killed; if none runs, remove it"
            let reason = errno == EEXIST ? "it is there already: \(advice)" : systemMessage(errno)
            throw OutboxError(.unavailable, "\(path) cannot be made: \(reason)")
        }
        defer { close(descriptor) }
        do throws(OutboxError) {
            try rights.give(to: descriptor, path)
        } catch {
            remove()
            throw error
        }
    }

    /// Waits until the file is on disk.
    ///
    /// No connection of this process has it open any more.
    ///
    /// - Throws: `OutboxError` if the disk refuses.
    func sync() throws(OutboxError) { try Self.sync(path, O_RDONLY) }

    /// Removes it with what SQLite left beside it.
    func remove() { Self.remove(path) }

    /// Removes a database that nobody has open, with what SQLite left beside it.
    static func remove(_ path: String) {
        for suffix in companions + [""] {
            // The path's C string lives as long as the call.
            unsafe unlink(path + suffix)
        }
    }

    /// Gives the file its name, if that is free.
    ///
    /// - Throws: `OutboxError` if something has the name, or the folder cannot be written.
    func take(_ name: String) throws(OutboxError) {
        // The paths' C strings live as long as the calls.
        if unsafe link(path, name) == 0 {
            unsafe unlink(path)
        } else {
            // Some file systems have no second names (FAT, some networks'): there it is looked, then renamed.
            let hasNoLinks = [EPERM, EOPNOTSUPP, ENOSYS].contains(errno)
            guard hasNoLinks, !Self.exists(name) else {
                throw OutboxError(.refused, "\(name) cannot be made: \(systemMessage(errno))")
            }
            try replace(name)
        }
        try Self.syncFolder(of: name)
    }

    /// Gives the file a name that another may have until now; there is no moment when nothing has it.
    ///
    /// - Throws: `OutboxError` if the folder cannot be written.
    func replace(_ name: String) throws(OutboxError) {
        // The paths' C strings live as long as the call.
        guard unsafe rename(path, name) == 0 else {
            throw OutboxError(.unavailable, "\(path) cannot become \(name): \(systemMessage(errno))")
        }
    }

    /// Whether anything has a name, be it a link that leads nowhere.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        // The path's C string and the result live as long as the call.
        return unsafe lstat(path, &status) == 0
    }

    /// Waits until the names in a file's folder are on disk.
    ///
    /// - Throws: `OutboxError` if the disk refuses.
    static func syncFolder(of path: String) throws(OutboxError) {
        try sync(URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_DIRECTORY)
    }

    private static func sync(_ path: String, _ flags: CInt) throws(OutboxError) {
        // The path's C string lives as long as the call.
        let descriptor = unsafe open(path, flags | O_CLOEXEC)
        defer { if descriptor >= 0 { close(descriptor) } }
        // Some file systems (networks') sync no folders, and say so with EINVAL.
        guard descriptor >= 0, fsync(descriptor) == 0 || (flags & O_DIRECTORY != 0 && errno == EINVAL) else {
            throw OutboxError(.unavailable, "\(path) cannot be synced to disk: \(systemMessage(errno))")
        }
    }
}

/// Who may read and write a file.
struct FileRights {
    /// A file of this process's user that nobody else may read.
    static let ownerAlone = FileRights(mode: 0o600, owner: nil)

    /// The bits of `chmod`.
    private let mode: mode_t
    /// Nil for this process's own.
    private let owner: (user: uid_t, group: gid_t)?

    private init(mode: mode_t, owner: (user: uid_t, group: gid_t)?) {
        self.mode = mode
        self.owner = owner
    }

    /// Those of a file that is there; nil if there is none.
    init?(of path: String) {
        guard let status = Self.status(of: path) else { return nil }
        self.init(mode: status.st_mode & 0o7777, owner: (status.st_uid, status.st_gid))
    }

    /// Those of a new outbox: it belongs to whom its folder belongs to, if root makes it.
    init(inFolderOf path: String) {
        let folder = Self.status(of: URL(fileURLWithPath: path).deletingLastPathComponent().path)
        let owner = geteuid() == 0 ? folder.map { ($0.st_uid, $0.st_gid) } : nil
        self.init(mode: OutboxFiles.mode, owner: owner)
    }

    fileprivate func give(to descriptor: CInt, _ path: String) throws(OutboxError) {
        if let owner, fchown(descriptor, owner.user, owner.group) != 0 {
            throw OutboxError(
                .unavailable,
                "\(path) cannot be given to user \(owner.user), group \(owner.group): "
                    + "\(systemMessage(errno)); run this as that user or as root"
            )
        }
        guard fchmod(descriptor, mode) == 0 else {
            throw OutboxError(.unavailable, "\(path) cannot get its mode: \(systemMessage(errno))")
        }
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        // The path's C string and the result live as long as the call.
        return unsafe stat(path, &status) == 0 ? status : nil
    }
}
