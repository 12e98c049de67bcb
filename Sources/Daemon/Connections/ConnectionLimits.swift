import Settings

/// What one connection at the admin address or the control socket may use, and how many there may be.
struct ConnectionLimits: Sendable {
    /// The request line and all header fields, in bytes.
    var headerBytes: Int
    /// From the connection, or the first byte of a further request, to the end of the head.
    var headerTimeout: Duration
    /// What may come behind a head, with its framing, in bytes.
    var bodyBytes: Int
    /// From there to the end of the body.
    var bodyTimeout: Duration
    /// Between two requests.
    var idleTimeout: Duration
    /// From the first to the last byte of an answer; nil for as long as it takes.
    var answerTimeout: Duration?
    /// How often a client that waits for its answer is told that it is worked on; nil for never.
    var heartbeat: Duration?
    /// The connections open at the same time.
    var connections = 1

    /// The connections of all operators together, at most.
    static let operatorsMax = 84

    /// More than any GET has.
    private static let adminBodyBytes = 16 * 1024

    /// More than the longest command, so that a longer one is told what is wrong with it.
    private static let controlBodyBytes = 128 * 1024

    /// Less than what clients wait for the first byte, several times over.
    private static let controlHeartbeat = Duration.seconds(2)

    /// The admin address has the limits of ingest, and three quarters of the operators' connections.
    static func admin(_ limits: IngestLimits, operators: Int = operatorsMax) -> ConnectionLimits {
        var admin = ConnectionLimits(
            headerBytes: limits.headerBytes,
            headerTimeout: limits.headerTimeout,
            bodyBytes: adminBodyBytes,
            bodyTimeout: limits.bodyTimeout,
            idleTimeout: limits.idleTimeout,
            answerTimeout: limits.bodyTimeout
        )
        admin.connections = max(operators - operators / 4, 1)
        return admin
    }

    /// The control socket has them, too; but the work that a command asks for may take any time.
    static func control(_ limits: IngestLimits, operators: Int = operatorsMax) -> ConnectionLimits {
        var control = admin(limits)
        control.connections = max(operators / 4, 1)
        control.bodyBytes = controlBodyBytes
        control.answerTimeout = nil
        control.heartbeat = controlHeartbeat
        return control
    }
}
