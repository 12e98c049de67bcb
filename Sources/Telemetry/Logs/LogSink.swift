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

/// Writes whole lines to a descriptor, one after the other, and never waits for a reader.
///
/// A pipe whose reader has stopped must not stop the event loops that log. A descriptor that is ready takes
/// `chunkBytes` without waiting (pipe(7), PIPE_BUF); what it does not take is lost, because there is nowhere
/// left to say so. A line of which only the beginning was taken is ended before the next one.
private final class DescriptorWriter: Sendable {
    private let descriptor: Int32
    private let isLineCut = Mutex(false)

    /// What a pipe that is ready takes as a whole.
    private static let chunkBytes = 4096

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes one line after those that came before.
    func write(_ line: [UInt8]) {
        isLineCut.withLock { isLineCut in
            var rest = isLineCut ? [UInt8(ascii: "\n")] + line : line[...]
            let count = rest.count
            defer { if !line.isEmpty, rest.count < count { isLineCut = !rest.isEmpty } }
            while !rest.isEmpty, isReady {
                // The pointer and count are those of the chunk, which lives until the call returns.
                let written = unsafe rest.prefix(Self.chunkBytes).withUnsafeBytes {
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

    /// Whether the descriptor takes something now; files always do.
    private var isReady: Bool {
        var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        // The structure is this function's own.
        return unsafe Glibc.poll(&poll, 1, 0) == 1 && poll.revents & Int16(POLLOUT) != 0
    }
}
