import Foundation
import Outbox

/// The Unix socket by which commands reach the daemon: `<outbox path>.sock`, for its owner alone.
package struct ControlSocket: Sendable {
    /// Where the socket is.
    package let path: String

    /// Bytes that the address of a Unix socket has, but for the zero byte at the end.
    private static let pathBytesMax = 107

    private let outboxPath: String

    /// A socket file comes into being open to whom the umask allows, so it is made in a folder that nobody
    /// else can enter, and moved to its place when it is nobody else's.
    private var folder: String { path + ".d" }

    /// Where the socket is bound.
    var bindPath: String { folder + "/s" }

    package init(outboxPath: String) {
        self.outboxPath = outboxPath
        path = outboxPath + ".sock"
    }

    /// Whether the system can open a socket there.
    package var isPossible: Bool { bindPath.utf8.count <= Self.pathBytesMax }

    /// What to tell where it is not possible.
    package var impossibleReason: String {
        "\(path) is too long for a socket by \(bindPath.utf8.count - Self.pathBytesMax) bytes; "
            + "a shorter outbox.path, perhaps a relative one, helps"
    }

    /// Whether there is something at the path.
    package var exists: Bool { Self.kind(of: path) != nil }

    /// Makes the folder to bind the socket in; what an earlier process left there is removed.
    ///
    /// Only who holds the outbox's lock may do this.
    ///
    /// - Throws: `ControlSocketError` if the folder cannot be made.
    func prepare() throws(ControlSocketError) {
        if let kind = Self.kind(of: path), kind != .typeSocket {
            throw ControlSocketError("\(path) is there and no socket: move it away")
        }
        removeFolder()
        // The path's C string lives as long as the call.
        guard unsafe mkdir(folder, 0o700) == 0 else {
            throw ControlSocketError("\(folder) cannot be made: \(Self.systemMessage(errno))")
        }
    }

    /// Moves the bound socket to its place, where commands look for it; one of root's becomes the outbox's
    /// owner's.
    ///
    /// - Throws: `ControlSocketError` if that fails.
    func publish() throws(ControlSocketError) {
        OutboxOwner(of: outboxPath)?.takeSocket(at: bindPath)
        // The paths' C strings live as long as the calls.
        guard unsafe chmod(bindPath, 0o600) == 0, unsafe rename(bindPath, path) == 0 else {
            throw ControlSocketError("\(path) cannot be made: \(Self.systemMessage(errno))")
        }
        removeFolder()
    }

    /// Removes the socket; what is not there, or cannot be removed, does no harm.
    func remove() {
        // The path's C string lives as long as the call.
        if Self.kind(of: path) == .typeSocket { unsafe unlink(path) }
        removeFolder()
    }

    private func removeFolder() {
        // The paths' C strings live as long as the calls.
        unsafe unlink(bindPath)
        unsafe rmdir(folder)
    }

    private static func kind(of path: String) -> FileAttributeType? {
        // Of the file itself, not of what a link leads to; nil if there is none.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return attributes?[.type] as? FileAttributeType
    }

    private static func systemMessage(_ code: CInt) -> String {
        // `strerror` returns a string that is alive until the next call in this thread; it is copied at once.
        unsafe String(cString: strerror(code))
    }
}

/// Why commands cannot reach the daemon.
struct ControlSocketError: CustomStringConvertible, Error {
    let description: String

    init(_ description: String) { self.description = description }
}
