import Foundation
import SystemPackage

/// Reads what the daemon sends to the process of one attempt, and then watches for the daemon's end.
///
/// The daemon keeps the pipe open as long as it lives, so its end is the end of the stream.
final class RequestReader: Sendable {
    /// What the daemon sent.
    struct Message: Sendable {
        let request: IsolatedRequest
        let event: [UInt8]
    }

    /// The longest event that is taken: the largest body that can be configured is smaller by far.
    static let eventBytesMax = 1 << 30

    private static let chunkBytes = 1 << 16

    private let descriptor: FileDescriptor
    private let onDaemonGone: @Sendable () -> Void

    init(descriptor: Int32, onDaemonGone: @escaping @Sendable () -> Void) {
        self.descriptor = FileDescriptor(rawValue: descriptor)
        self.onDaemonGone = onDaemonGone
    }

    /// Reads the message on a thread of its own, which then watches for the end.
    ///
    /// - Returns: The message.
    /// - Throws: `IsolatedFailure` if what comes is none.
    func start() async throws -> Message {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread {
                continuation.resume(with: Result { try self.readMessage() })
                self.watch()
            }
            thread.start()
        }
    }

    private func readMessage() throws -> Message {
        var bytes: [UInt8] = []
        while !bytes.contains(UInt8(ascii: "\n")) {
            guard bytes.count < IsolatedRequest.bytesMax else { throw Self.failure("too long a request") }
            bytes += try read()
        }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let request = try JSONDecoder().decode(IsolatedRequest.self, from: Data(line))
        guard (0...Self.eventBytesMax).contains(request.eventBytes) else {
            throw Self.failure("an event of \(request.eventBytes) bytes")
        }
        var event = Array(bytes.dropFirst(line.count + 1))
        while event.count < request.eventBytes { event += try read() }
        return Message(request: request, event: event)
    }

    private func watch() {
        // Whatever else comes is ignored; an error is an end, too.
        while let more = try? read(), !more.isEmpty {}
        onDaemonGone()
    }

    private func read() throws -> [UInt8] {
        // The buffer lives as long as the call, which says how much of it is filled.
        let bytes = try unsafe [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, count in
            unsafe count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
        guard !bytes.isEmpty else { throw Self.failure("the end of its input") }
        return bytes
    }

    private static func failure(_ found: String) -> IsolatedFailure {
        IsolatedFailure(description: "instead of an attempt, the process got \(found)")
    }
}
