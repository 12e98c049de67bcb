import Dispatch
import Foundation

/// Tells systemd how the daemon is doing (sd_notify(3)): a datagram to the socket that `$NOTIFY_SOCKET`
/// names.
///
/// Without that variable, that is, without systemd, nothing happens.
package struct SystemdNotifier: Sendable {
    private let socketPath: String?

    /// What systemd understands.
    package enum State: String, Sendable {
        case ready = "READY=1"
        case reloading = "RELOADING=1"
        case stopping = "STOPPING=1"
    }

    package init(environment: [String: String]) {
        socketPath = environment["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The characters of a status text that are sent; people read it in `systemctl status`.
    private static let statusCharactersMax = 200

    /// Sends a state, a text for people, or both; failures are ignored, as nobody could do anything about
    /// them.
    package func notify(_ state: State?, status: String? = nil) {
        guard let socketPath else { return }
        var lines = state.map { [$0.rawValue] } ?? []
        // Type=notify-reload wants the time at which the reload began (sd_notify(3), MONOTONIC_USEC).
        if state == .reloading { lines.append("MONOTONIC_USEC=\(Self.monotonicMicroseconds())") }
        if let status { lines.append("STATUS=\(Self.shown(status))") }
        Self.send(lines.joined(separator: "\n"), to: socketPath)
    }

    /// One line, so that no text is taken for another assignment.
    private static func shown(_ status: String) -> String {
        let line = status.unicodeScalars.prefix(statusCharactersMax).map { scalar in
            scalar.properties.generalCategory == .control ? " " : Character(scalar)
        }
        return String(line)
    }

    /// `CLOCK_MONOTONIC`, which is what Dispatch counts by on Linux.
    private static func monotonicMicroseconds() -> UInt64 { DispatchTime.now().uptimeNanoseconds / 1000 }

    private static func send(_ message: String, to path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        var name = Array(path.utf8)
        guard name.count < capacity else { return }
        // A leading @ stands for Linux's abstract namespace, whose names begin with a zero byte.
        if name.first == UInt8(ascii: "@") { name[0] = 0 }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        // The copy is shorter than `sun_path`, as checked above.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(message.utf8)
        // Both buffers live as long as the call; `length` is within the structure.
        unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                _ = unsafe sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), generic, length)
            }
        }
    }
}
