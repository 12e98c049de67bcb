import Glibc
import NIOCore
import NIOPosix

/// The file of a listening Unix socket; SwiftNIO removes it when it closes the socket.
enum UnixSocketFile {
    /// The owner and the group may connect: a reverse proxy shares the group.
    static let mode: mode_t = 0o660
    /// How long to wait for the other side when looking whether there is one.
    static let probeTimeout = TimeAmount.seconds(2)

    /// Makes way for a new socket: removes the file of a process that is gone.
    ///
    /// - Throws: if a living process listens there, or the file is no socket.
    static func clear(path: String, group: any EventLoopGroup) async throws(IngestError) {
        var status = stat()
        // The path and the result live as long as the call; the path in the calls below likewise.
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw IngestError(
                code: .addressInUse,
                message: "cannot listen on unix:\(path): there is a file that is not a socket; remove it"
            )
        }
        guard await !isAlive(path: path, group: group) else {
            throw IngestError(
                code: .addressInUse,
                message: "cannot listen on unix:\(path): another process listens there; stop it first"
            )
        }
        // A failure shows when the path is bound.
        _ = unsafe unlink(path)
    }

    /// Gives the file of a socket that was just bound its mode.
    ///
    /// - Throws: if that is not possible.
    static func open(path: String) throws(IngestError) {
        guard unsafe chmod(path, mode) == 0 else {
            throw IngestError(
                code: .permissionDenied,
                message: "cannot set the mode of unix:\(path) (errno \(errno)); check the directory"
            )
        }
    }

    private static func isAlive(path: String, group: any EventLoopGroup) async -> Bool {
        do {
            let bootstrap = ClientBootstrap(group: group).connectTimeout(probeTimeout)
            try await bootstrap.connect(unixDomainSocketPath: path).get().close()
            return true
        } catch let error as IOError {
            // Nobody listens, or the file went away meanwhile; any other error means that somebody is there.
            return error.errnoCode != ECONNREFUSED && error.errnoCode != ENOENT
        } catch {
            return true
        }
    }
}
