import Foundation

/// Connections that say nothing.
final class Strangers: Sendable {
    private let descriptors: [Int32]

    /// Connects so often to a daemon's address.
    ///
    /// - Throws: `StrangersFailed` if that is not possible.
    init(_ count: Int, to base: String) throws {
        guard let port = URL(string: base)?.port else { throw StrangersFailed() }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        descriptors = (0..<count).map { _ in
            socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        }
        for descriptor in descriptors {
            guard descriptor >= 0 else { throw StrangersFailed() }
            // The structure lives as long as the call, which is told its size.
            let status = unsafe withUnsafePointer(to: &address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                    unsafe connect(descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard status == 0 else { throw StrangersFailed() }
        }
    }

    deinit { leave() }

    /// Closes all connections.
    private func leave() { for descriptor in descriptors { close(descriptor) } }
}

/// There is nobody to connect to, or no descriptor to do it with.
struct StrangersFailed: Error {}
