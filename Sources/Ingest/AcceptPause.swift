import Glibc
package import Logging
package import NIOCore

/// Pauses a listening socket while the system has no room for another connection.
///
/// Descriptors (of the process or of the machine), buffers or memory may be short. NIO would try again at
/// once, for ever, as the connection still waits: that takes a whole core and mends nothing. A connection
/// that waits is not lost meanwhile. The reserve of descriptors is free during a pause, which lasts until it
/// can be had back. One handler belongs to one socket.
package final class AcceptPause: ChannelInboundHandler {
    package typealias InboundIn = any Channel
    package typealias InboundOut = any Channel

    /// How long nothing is accepted at least; what closes meanwhile makes room.
    static let pause = TimeAmount.milliseconds(200)

    /// After so long without a line, the next pause is told again.
    static let lineInterval = TimeAmount.minutes(1)

    /// Fired when the socket is about to be closed: nothing more is accepted, also when a pause is over.
    ///
    /// Not SwiftNIO's event for that, on which the socket would be closed at once, and with it every
    /// connection that is still being set up.
    struct Stop {}

    private let logger: Logger
    private let address: String
    private let reserve: DescriptorReserve
    private var isPaused = false
    private var isStopped = false
    private var nextLineAt = NIODeadline.uptimeNanoseconds(0)

    /// Makes a handler, the first of the socket's pipeline.
    ///
    /// - Parameters:
    ///   - address: What to call the socket in the log.
    ///   - logger: Where a pause is told.
    ///   - reserve: The descriptors that are given up during a pause.
    package init(address: String, logger: Logger, reserve: DescriptorReserve = .process) {
        self.address = address
        self.logger = logger
        self.reserve = reserve
    }

    /// Puts a handler in front of all others of a listening socket.
    ///
    /// - Parameters:
    ///   - channel: The socket.
    ///   - address: What to call it in the log.
    ///   - logger: Where a pause is told.
    /// - Returns: Is fulfilled when the handler is there.
    package static func add(
        to channel: any Channel,
        address: String,
        logger: Logger
    ) -> EventLoopFuture<Void> {
        channel.eventLoop.submit {
            let handler = AcceptPause(address: address, logger: logger)
            try channel.pipeline.syncOperations.addHandler(handler, position: .first)
        }
    }

    /// Pauses for what may pass; anything else goes on to the next handler.
    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? IOError, Self.isPassing(error.errnoCode) else {
            return context.fireErrorCaught(error)
        }
        reserve.release()
        begin(for: error, context)
    }

    /// Passes a connection on, unless the reserve is given up, which it would take from others.
    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard reserve.isGivenUp else { return context.fireChannelRead(data) }
        Self.unwrapInboundIn(data).close(promise: nil)
        begin(for: IOError(errnoCode: EMFILE, reason: "accept"), context)
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is Stop else { return context.fireUserInboundEventTriggered(event) }
        isStopped = true
        setReading(false, context)
    }

    private func begin(for error: IOError, _ context: ChannelHandlerContext) {
        tell(error, now: context.eventLoop.now)
        guard !isPaused else { return }
        isPaused = true
        setReading(false, context)
        pause(for: error, context)
    }

    private func pause(for error: IOError, _ context: ChannelHandlerContext) {
        let bound = context.loopBound
        context.eventLoop.assumeIsolated().scheduleTask(in: Self.pause) {
            guard !self.isStopped else { return }
            guard self.reserve.take() else {
                self.tell(error, now: bound.value.eventLoop.now)
                return self.pause(for: error, bound.value)
            }
            self.isPaused = false
            self.setReading(true, bound.value)
        }
    }

    private func setReading(_ isReading: Bool, _ context: ChannelHandlerContext) {
        // Fails only for a socket that is closed, which accepts nothing anyway.
        try? context.channel.syncOptions?.setOption(.autoRead, value: isReading)
    }

    private func tell(_ error: IOError, now: NIODeadline) {
        guard now >= nextLineAt else { return }
        nextLineAt = now + Self.lineInterval
        logger.warning(
            "No connection can be taken for a while: the system has no room for one",
            metadata: [
                "address": "\(address)",
                "error": "\(error)",
                "advice": "\(Self.advice(error.errnoCode))",
            ]
        )
    }

    private static func isPassing(_ code: CInt) -> Bool {
        [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    private static func advice(_ code: CInt) -> String {
        switch code {
        case EMFILE:
            "raise the limit of descriptors (LimitNOFILE=, ulimit -n), or lower ingest.limits.connections"
        case ENFILE:
            "the machine has no descriptors left: raise fs.file-max, or stop what holds them"
        default:
            "the machine is short of memory"
        }
    }
}
