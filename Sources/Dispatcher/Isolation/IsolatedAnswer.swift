import FoundationEssentials
import ListenerKit

/// What a process that runs one attempt alone answers: lines on its stderr that begin with the token.
struct IsolatedAnswer: Codable, Hashable, Sendable {
    /// What it tells.
    enum Outcome: String, Codable, Sendable {
        /// The listener is about to be called: from here on the end of the process is its doing.
        case started
        case delivered
        case failed
        case permanent
        case retry
    }

    var outcome: Outcome
    /// Why it is not delivered.
    var error: String?
    /// When it may be tried again, for `retry`.
    var afterMilliseconds: Int64?

    /// Bytes of an error's text that are told: with them, a line is written in one piece also to a pipe.
    static let errorBytesMax = 1024

    init(_ outcome: Outcome) {
        self.outcome = outcome
    }

    /// The answer to what a listener threw.
    init(_ error: any Error) {
        switch error {
        case ListenerError.permanent: self.init(.permanent)
        case ListenerError.retry(let wait, _):
            self.init(.retry)
            let longest = Int64.max / 1000 - 1
            afterMilliseconds =
                min(max(0, wait.components.seconds), longest) * 1000
                + max(0, wait.components.attoseconds / 1_000_000_000_000_000)
        default: self.init(.failed)
        }
        self.error = Self.bounded(String(describing: error))
    }

    /// The answer as a line, with its line feed.
    ///
    /// - Throws: `EncodingError`, which cannot be for these fields.
    func line(token: String) throws -> [UInt8] {
        Array("\(token) ".utf8) + Array(try JSONEncoder().encode(self)) + [UInt8(ascii: "\n")]
    }

    /// Ends the attempt in the daemon as it has ended here.
    ///
    /// - Throws: What the listener threw, as far as the dispatcher tells errors apart.
    func end() throws {
        let reason = error ?? "no reason given"
        switch outcome {
        case .started, .delivered: return
        case .failed: throw IsolatedFailure(description: reason)
        case .permanent: throw ListenerError.permanent(reason)
        case .retry: throw ListenerError.retry(after: .milliseconds(afterMilliseconds ?? 0), reason: reason)
        }
    }

    /// The beginning of a text, on one line, as a control character takes six in JSON.
    private static func bounded(_ text: String) -> String {
        let bytes = text.utf8.prefix(errorBytesMax).map { $0 < 0x20 ? 0x20 : $0 }
        // A character that is cut in two becomes U+FFFD.
        return String(decoding: bytes, as: UTF8.self) + (text.utf8.count > errorBytesMax ? "…" : "")
    }
}

/// Why an attempt failed that ran in a process of its own; it is repeated.
struct IsolatedFailure: Error, Hashable, CustomStringConvertible {
    /// What happened.
    let description: String
}
