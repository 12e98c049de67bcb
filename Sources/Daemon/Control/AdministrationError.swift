import Outbox

/// Why an operator's command was not done.
package struct AdministrationError: Codable, CustomStringConvertible, Error, Hashable, Sendable {
    /// What the caller can do.
    package enum Code: String, Codable, Sendable {
        /// There is no event of that id.
        case unknownEvent = "unknown_event"
        /// Neither the configuration names that listener nor does the outbox know it.
        case unknownListener = "unknown_listener"
        /// The listener must be configured for that, or must not be.
        case wrongListener = "wrong_listener"
        /// The command cannot be read.
        case malformed
        /// The configuration file is not taken over; the message has every problem, one a line.
        case invalidConfiguration = "invalid_configuration"
        /// The daemon is about to end: the same works afterwards.
        case stopping
        /// The clock was set not long ago, and what is asked for goes by it.
        case resting
        /// The outbox cannot be read or changed now.
        case unavailable
    }

    /// What the caller can do.
    package let code: Code
    /// What was tried, why it failed and what to do.
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    init(_ error: OutboxError) {
        let code: Code =
            switch error.code {
            case .stopped: .stopping
            case .resting: .resting
            default: .unavailable
            }
        self.init(code, error.message)
    }

    /// The message alone.
    package var description: String { message }
}
