/// A file that may use banned code, and why.
struct Allowance: CustomStringConvertible, Sendable {
    /// The file that holds the list.
    static let list = "Tests/TidyTests/Allowance.swift"

    /// The name of the ban.
    let ban: String
    /// The file.
    let path: String
    /// Why there is no other way.
    let reason: String

    /// The ban and the file.
    var description: String { "\(ban) in \(path)" }

    /// Every exception there is.
    static let all = [
        Allowance(
            ban: "unstructured task",
            path: "Sources/Dispatcher/AttemptRun.swift",
            reason: "a handler that ignores its cancellation must not hold up the end of the daemon"
        ),
        Allowance(
            ban: "unstructured task",
            path: "Sources/Dispatcher/Processes/Uncancelled.swift",
            reason: "a process that was started has to be waited for, also when its attempt is cancelled"
        ),
        Allowance(
            ban: "sleep",
            path: "Sources/Events/MachineClock.swift",
            reason: "the one clock that really waits; all others are given it"
        ),
        Allowance(
            ban: "sleep",
            path: "Sources/Dispatcher/WorkerPool.swift",
            reason: "the thread that looks for blocked threads must not depend on one that may be blocked"
        ),
        Allowance(
            ban: "unchecked Sendable",
            path: "Sources/Signatures/HMACSHA256.swift",
            reason: "OpenSSL's context is never changed after it is made, and copies of it count atomically"
        ),
        Allowance(
            ban: "unchecked Sendable",
            path: "Sources/Outbox/Payloads/PayloadCompressor.swift",
            reason: "a compressor is out of the pool, which has a Mutex, while somebody uses it"
        ),
        Allowance(
            ban: "nonisolated(unsafe)",
            path: "Sources/Outbox/Files/GatheringFile.swift",
            reason: "SQLite's table of functions is never changed after it is made"
        ),
        Allowance(
            ban: "nonisolated(unsafe)",
            path: "Sources/Outbox/Files/GatheringFileSystem.swift",
            reason: "the system's functions for files are SQLite's, which locks what changes in them"
        ),
    ]
}
