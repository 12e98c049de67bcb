package import NIOCore

/// How long a connection that is over is kept for what the client still sends.
package struct LingerPatience: Sendable {
    /// How long to wait for the next byte.
    package var quiet = TimeAmount.seconds(2)
    /// How long to linger in all.
    package var total = TimeAmount.seconds(15)

    package init() {}
}

/// Ends a connection on which the client may still be sending.
///
/// It closes the output, throws away what arrives for a while, and closes the rest. Without that the system
/// would reset the connection, and the reset can overtake the answer. Put in front of all other handlers, or
/// alone with a farewell.
final class LingerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// How much to throw away: more than twice the default limit of a body, so that a client which sends its
    /// whole body before it reads sees the answer.
    static let discardedBytesMax = 64 * 1024 * 1024
    /// The same while memory or places are short: reading what is thrown away costs time that others need.
    static let discardedBytesMaxWhenShort = 256 * 1024
    /// How much to throw away before reading is paced, for the same reason.
    static let discardedAtOnceBytesMax = 256 * 1024

    private let discardedBytesMax: Int
    private let pace: ReadPace?
    private let patience: LingerPatience
    private let farewell: ByteBuffer?
    private var isLingering = false
    private var discardedBytes = 0
    private var arrivedBytes = 0
    private var quietDeadline = NIODeadline.distantFuture
    private var totalDeadline = NIODeadline.distantFuture
    private var check: Scheduled<Void>?

    /// Makes a handler that lingers as soon as the connection is there.
    ///
    /// - Parameters:
    ///   - patience: How long to linger.
    ///   - farewell: What is sent first.
    ///   - discardedBytesMax: How much to throw away before the connection is cut.
    ///   - pace: How fast to read what is thrown away; nil for at once.
    init(
        _ patience: LingerPatience,
        farewell: ByteBuffer? = nil,
        discardedBytesMax: Int = LingerHandler.discardedBytesMax,
        pace: ReadPace? = nil
    ) {
        self.discardedBytesMax = discardedBytesMax
        self.pace = pace
        self.patience = patience
        self.farewell = farewell
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { linger(context: context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        linger(context: context)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let count = Self.unwrapInboundIn(data).readableBytes
        discardedBytes += count
        arrivedBytes += count
        quietDeadline = context.eventLoop.now + patience.quiet
        if discardedBytes > discardedBytesMax { context.close(promise: nil) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        let isPaced = discardedBytes > Self.discardedAtOnceBytesMax
        let delay = isPaced ? pace?.delay(afterReading: arrivedBytes, at: now) ?? .zero : .zero
        arrivedBytes = 0
        guard delay > .zero else { return context.read() }
        // The client is kept waiting here, so it is not the one that is quiet.
        quietDeadline = now + delay + patience.quiet
        // On a connection that is closed meanwhile, a read does nothing.
        context.eventLoop.assumeIsolated().scheduleTask(in: delay) { context.read() }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed: context.close(promise: nil)
        // Others need its place, and it has had its answer.
        case ConnectionEvent.leave: context.close(promise: nil)
        default: break
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        stopChecking()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        stopChecking()
    }

    private func linger(context: ChannelHandlerContext) {
        guard !isLingering else { return }
        isLingering = true
        if let farewell { context.writeAndFlush(Self.wrapOutboundOut(farewell), promise: nil) }
        context.close(mode: .output, promise: nil)
        let now = context.eventLoop.now
        quietDeadline = now + patience.quiet
        totalDeadline = now + patience.total
        scheduleCheck(context: context)
        context.read()
    }

    /// One check at a time looks whether either time is over, so that no byte costs a timer.
    private func scheduleCheck(context: ChannelHandlerContext) {
        let loop = context.eventLoop.assumeIsolated()
        check = loop.scheduleTask(deadline: min(quietDeadline, totalDeadline)) { [self] in
            if context.eventLoop.now >= min(quietDeadline, totalDeadline) {
                context.close(promise: nil)
            } else {
                scheduleCheck(context: context)
            }
        }
    }

    private func stopChecking() {
        check?.cancel()
        check = nil
    }
}
