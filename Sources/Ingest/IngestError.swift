/// The socket could not be opened.
package struct IngestError: CustomStringConvertible, Error {
    /// What kind of failure it is.
    package var code: Code
    /// What was tried, why it failed and what to do about it.
    package var message: String
    /// The error below.
    package var cause: (any Error)?

    /// The kinds of failure; the raw values are stable.
    package enum Code: String, Sendable {
        /// Somebody else listens there.
        case addressInUse = "address_in_use"
        /// The host name does not resolve, or is not an address of this machine.
        case addressNotAvailable = "address_not_available"
        /// The process may not listen there.
        case permissionDenied = "permission_denied"
        /// A descriptor that was handed over is not a listening socket.
        case notListening = "not_listening"
        /// Anything else.
        case bindFailed = "bind_failed"
        /// A socket that was open stopped listening.
        case listenerClosed = "listener_closed"
    }

    package init(code: Code, message: String, cause: (any Error)? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The message.
    package var description: String { message }
}
