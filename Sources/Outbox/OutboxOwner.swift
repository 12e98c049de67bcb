private import Foundation

/// Whose an outbox is.
///
/// What root makes beside it has to be theirs, too: the service of the owner could not open it else. SQLite
/// does that for its files.
package struct OutboxOwner: Sendable {
    private let user: uid_t
    private let group: gid_t

    /// The owner of an outbox, or of its folder if there is none yet; nil if this process is not root's, so
    /// that what it makes is its user's.
    package init?(of outboxPath: String) {
        guard geteuid() == 0 else { return nil }
        let folder = URL(fileURLWithPath: outboxPath).deletingLastPathComponent().path
        var found = stat()
        // The paths' C strings and the result live as long as the calls.
        guard unsafe stat(outboxPath, &found) == 0 || stat(folder, &found) == 0 else { return nil }
        (user, group) = (found.st_uid, found.st_gid)
    }

    /// Gives the owner a file that was made for them.
    ///
    /// One with a second name is left alone: who may write in the folder could have put it there.
    func take(_ descriptor: CInt) {
        var found = stat()
        // The result lives as long as the call.
        guard unsafe fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG, found.st_nlink == 1
        else { return }
        guard found.st_uid != user || found.st_gid != group else { return }
        _ = fchown(descriptor, user, group)  // root may do it, unless the file system knows no owners
    }

    /// Gives the owner a socket that was made for them.
    package func takeSocket(at path: String) {
        // The path's C string lives as long as the call, which follows no link.
        _ = unsafe lchown(path, user, group)  // root may do it, unless the file system knows no owners
    }
}
