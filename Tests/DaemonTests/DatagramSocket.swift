import Foundation

/// A Unix datagram socket that takes what a notifier sends.
final class DatagramSocket: Sendable {
    private let descriptor: Int32

    /// The longest path that an address has room for, without the zero byte behind it.
    static let pathBytesMax = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// The bytes of a datagram that are read, at most.
    private static let datagramBytesMax = 4096

    /// Opens the socket.
    ///
    /// - Parameter path: Where; a leading `@` stands for the abstract namespace.
    /// - Throws: What the system says.
    init(path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var name = Array(path.utf8)
        precondition(name.count <= Self.pathBytesMax, "the path fits into the address")
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        // The copy is shorter than `sun_path`, as checked above.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        // The structure lives as long as the call; `length` is within it.
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, length)
            }
        }
        guard result == 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    }

    deinit { close(descriptor) }

    /// The next datagram that has arrived; nil if there is none.
    ///
    /// A datagram has arrived when `sendto` has returned, so nothing is waited for.
    func receive() -> String? {
        var bytes = [UInt8](repeating: 0, count: Self.datagramBytesMax)
        // The buffer lives as long as the call, which is told its size.
        let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        return count < 0 ? nil : String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
