import Glibc
import SystemPackage

/// Serves the streams of a running child on the thread that calls it, until the child has exited.
///
/// `poll` needs no descriptor of its own, so nothing here can fail for want of one.
struct ChildStreams {
    /// What is still read when the program has exited, of each stream: more than a pipe holds, and bounded,
    /// as somebody who has inherited the pipe may write for ever.
    private static let bytesAfterExitMax = 1 << 20

    private static let chunkBytes = 1 << 16

    /// How often it is looked whether a child has exited whose end is not told.
    private static let lookMilliseconds: Int32 = 50

    private let child: StartedChild
    private let keepsInputOpen: Bool
    private let receive: @Sendable (OutputStream, [UInt8]) -> Void
    private var input: [UInt8]
    private var written = 0
    private var openStreams: [OutputStream: FileDescriptor]
    private var isInputOpen = true

    /// Prepares to serve a child, whose descriptors are closed at its end.
    ///
    /// - Parameters:
    ///   - child: The child.
    ///   - input: What it may read.
    ///   - keepsInputOpen: Whether its stdin ends only with the run.
    ///   - receive: Takes what it writes.
    init(
        _ child: StartedChild,
        input: [UInt8],
        keepsInputOpen: Bool,
        receive: @escaping @Sendable (OutputStream, [UInt8]) -> Void
    ) {
        self.child = child
        self.input = input
        self.keepsInputOpen = keepsInputOpen
        self.receive = receive
        openStreams = [.stderr: child.errors]
        if let output = child.output { openStreams[.stdout] = output }
    }

    /// Serves the child until it has exited and what it wrote is read.
    ///
    /// - Parameter onExit: Called when it has exited, before the rest is read.
    mutating func run(onExit: () -> Void) {
        closeInputIfDone()
        while !waitForExit() {
            if isInputOpen { write() }
            for (stream, descriptor) in openStreams { _ = read(stream, descriptor) }
        }
        onExit()
        for (stream, descriptor) in openStreams {
            var bytesLeft = Self.bytesAfterExitMax
            while bytesLeft > 0, let count = read(stream, descriptor) { bytesLeft -= count }
        }
        for descriptor in openStreams.values { close(descriptor) }
        if isInputOpen { close(child.input) }
        if let process = child.process { close(process) }
    }

    /// Waits until there is something to do; true when the child has exited.
    private func waitForExit() -> Bool {
        var watched = openStreams.values.map { pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0) }
        if isInputOpen, written < input.count {
            watched.append(pollfd(fd: child.input.rawValue, events: Int16(POLLOUT), revents: 0))
        }
        if let process = child.process {
            watched.append(pollfd(fd: process.rawValue, events: Int16(POLLIN), revents: 0))
        }
        let timeout = child.process == nil ? Self.lookMilliseconds : -1
        // The array lives as long as the call, which is told its length. Its failure, an interruption, is
        // found by looking.
        _ = unsafe poll(&watched, nfds_t(watched.count), timeout)
        return child.hasExited
    }

    /// Writes what the child takes now.
    private mutating func write() {
        while written < input.count {
            // The bytes live as long as the call, which is told how many there are.
            let count = unsafe input[written...].withUnsafeBytes { bytes in
                unsafe Glibc.write(child.input.rawValue, bytes.baseAddress, bytes.count)
            }
            if count > 0 {
                written += count
            } else if count < 0, errno == EINTR {
                continue
            } else if count < 0, errno == EAGAIN {
                return
            } else {
                // It need not read: a closed stdin is no failure.
                written = input.count
            }
        }
        closeInputIfDone()
    }

    private mutating func closeInputIfDone() {
        guard written >= input.count else { return }
        input = []
        written = 0
        guard !keepsInputOpen else { return }
        close(child.input)
        isInputOpen = false
    }

    /// Reads what is there of a stream, at most a chunk.
    ///
    /// - Returns: How many bytes were there; nil for none. At its end the stream is closed.
    private mutating func read(_ stream: OutputStream, _ descriptor: FileDescriptor) -> Int? {
        var count = -1
        // The buffer lives as long as the call, which says how much of it is filled.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Self.chunkBytes) { buffer, filled in
            repeat {
                count = unsafe Glibc.read(descriptor.rawValue, buffer.baseAddress, buffer.count)
            } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        if count > 0 {
            receive(stream, bytes)
            return count
        }
        if count < 0, errno == EAGAIN { return nil }
        // The end, or an error, behind which nothing can be read either.
        close(descriptor)
        openStreams[stream] = nil
        return nil
    }

    private func close(_ descriptor: FileDescriptor) {
        // What cannot be closed is gone all the same.
        try? descriptor.close()
    }
}
