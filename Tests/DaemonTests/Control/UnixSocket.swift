import Foundation

/// Blocking HTTP over a Unix socket, on a thread of its own.
enum UnixSocket {
    /// An answer.
    struct Answer: Sendable {
        let status: Int
        let body: Data
    }

    /// What went wrong.
    struct Failure: Error {
        let call: String
        let code: CInt
    }

    /// Leaves a socket file behind, as a process does that is killed.
    static func bind(_ path: String) throws {
        // The address lives as long as the call.
        let descriptor = unsafe try open(path) { unsafe Foundation.bind($0, $1, $2) }
        close(descriptor)
    }

    /// Posts JSON and waits for the answer.
    static func post(_ path: String, _ body: String, to socketPath: String) async throws -> Answer {
        let text = """
            POST \(path) HTTP/1.1\r
            Host: localhost\r
            Connection: close\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """
        return try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(with: Result { try exchange(Data(text.utf8), socketPath) })
            }
        }
    }

    private static func exchange(_ request: Data, _ path: String) throws -> Answer {
        // The address lives as long as the call.
        let descriptor = unsafe try open(path) { unsafe connect($0, $1, $2) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        // A server that refuses may close before it has read all; its answer is there all the same.
        try? handle.write(contentsOf: request)
        var answer = try handle.readToEnd() ?? Data()
        let separator = Data("\r\n\r\n".utf8)
        // Interim answers say that the daemon is still at work.
        while answer.starts(with: Data("HTTP/1.1 1".utf8)), let end = answer.range(of: separator) {
            answer = Data(answer[end.upperBound...])
        }
        guard let end = answer.range(of: separator), answer.count > 12 else {
            throw Failure(call: "read", code: 0)
        }
        let status = Int(String(decoding: answer[9..<12], as: UTF8.self)) ?? 0
        return Answer(status: status, body: answer[end.upperBound...])
    }

    private static func open(
        _ path: String,
        _ call: (CInt, UnsafePointer<sockaddr>, socklen_t) -> CInt
    ) throws -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw Failure(call: "path", code: ENAMETOOLONG)
        }
        // The copy is shorter than `sun_path`, as checked above.
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        // The address lives as long as the call.
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe call(descriptor, $0, length)
            }
        }
        guard result == 0 else {
            defer { close(descriptor) }
            throw Failure(call: "connect", code: errno)
        }
        return descriptor
    }
}
