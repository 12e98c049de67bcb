/// Why the outbox could not do what was asked; no SQLite result code leaves this module.
package struct OutboxError: CustomStringConvertible, Error, Sendable {
    /// What the caller can do.
    package enum Code: String, Sendable {
        /// Another process writes to this outbox.
        case locked
        /// Another process has this outbox for a while, or is about to take commands: the same may work soon.
        case busy
        /// There is no outbox at that path.
        case notFound = "not_found"
        /// The file was made by a newer version.
        case newerSchema = "newer_schema"
        /// The file was made by an older version, and this use cannot bring it up to date.
        case olderSchema = "older_schema"
        /// The file is damaged, or not an outbox.
        case corrupt
        /// Disk full, I/O error or no permission: the same may work later.
        case unavailable
        /// The outbox is shutting down.
        case stopped
        /// The clock was set not long ago, and what is asked for goes by it.
        case resting
        /// One request was refused; others are not concerned.
        case refused
    }

    /// What the caller can do.
    package let code: Code
    /// What was tried and why it failed; no payload and no secret.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message alone.
    package var description: String { message }
}
