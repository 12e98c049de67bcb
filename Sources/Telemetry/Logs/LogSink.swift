import Glibc
import Synchronization

/// Where complete log lines go.
package struct LogSink: Sendable {
    /// Writes one line, its line feed included.
    package let write: @Sendable (_ line: [UInt8]) -> Void

    package init(write: @escaping @Sendable ([UInt8]) -> Void) {
        self.write = write
    }

    /// Standard error, one `write(2)` a line.
    package static let standardError = LogSink(descriptor: STDERR_FILENO)

    /// A file descriptor that outlives the sink.
    init(descriptor: Int32) {
        let writer = DescriptorWriter(descriptor: descriptor)
        write = { writer.write($0) }
    }
}

/// Writes whole lines to a descriptor, one after the other.
///
/// The lock matters for a pipe, where only 4,096 bytes are written as one. A line that the system does not
/// take is lost, because there is nowhere left to say so.
private final class DescriptorWriter: Sendable {
    private let descriptor: Int32
    private let lock = Mutex(())

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes one line after those that came before.
    func write(_ line: [UInt8]) {
        lock.withLock { _ in
            var rest = line[...]
            while !rest.isEmpty {
                // The pointer and count are those of `rest`, which lives until the call returns.
                let written = unsafe rest.withUnsafeBytes {
                    unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
                }
                if written > 0 {
                    rest = rest.dropFirst(written)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
