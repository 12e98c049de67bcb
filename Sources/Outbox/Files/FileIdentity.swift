private import Foundation

/// Which file a name or a descriptor means, whatever its names are: by the numbers of its device and itself.
struct FileIdentity: Equatable, Sendable {
    /// The number of the file, as `/proc/locks` has it.
    let number: UInt64
    private let device: UInt64

    /// The file at a path, following links; nil if there is none, or it cannot be looked at.
    init?(at path: String) {
        var found = stat()
        // The path's C string and the result live as long as the call, which opens nothing.
        guard unsafe stat(path, &found) == 0 else { return nil }
        self.init(found)
    }

    /// The file that is open.
    init?(of descriptor: CInt) {
        var found = stat()
        // The result lives as long as the call.
        guard unsafe fstat(descriptor, &found) == 0 else { return nil }
        self.init(found)
    }

    private init(_ found: stat) {
        number = UInt64(found.st_ino)
        device = UInt64(found.st_dev)
    }
}
