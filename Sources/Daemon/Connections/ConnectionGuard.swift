import NIOCore
import NIOHTTP1

/// Stands before the decoder of a connection and holds it to its limits: of time, of bytes, of requests at
/// once.
///
/// `RequestObserver`, behind the decoder, tells it what the bytes were.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = ByteBuffer

    /// How long what a client still sends is thrown away, so that no reset overtakes the answer.
    static let lingerTime = TimeAmount.seconds(2)

    /// What one connection may have held back: when a client closes its side, all that the system has comes
    /// at once.
    private static let heldBytesMax = 256 * 1024

    private let limits: ConnectionLimits
    private let roster: ConnectionRoster
    private var progress: ConnectionProgress
    private var context: ChannelHandlerContext?
    private var held = ByteBuffer()
    private var isOpen = false
    private var isReadDue = false
    private var timer: Scheduled<Void>?
    private var timedWait: ConnectionProgress.Wait?

    init(limits: ConnectionLimits, roster: ConnectionRoster) {
        self.limits = limits
        self.roster = roster
        progress = ConnectionProgress(limits: limits)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        reschedule()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        self.context = nil
    }

    /// The rest of the pipeline is there, so bytes may pass.
    func open() {
        isOpen = true
        resume()
    }

    // MARK: Bytes

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !progress.isOver else { return }
        var buffer = Self.unwrapInboundIn(data)
        if held.readableBytes == 0 { held = buffer } else { held.writeBuffer(&buffer) }
        guard held.readableBytes <= Self.heldBytesMax else { return context.close(promise: nil) }
        feed()
    }

    func read(context: ChannelHandlerContext) {
        isReadDue = true
        forwardRead()
    }

    private func feed() {
        while isOpen, progress.wantsInput, let context,
            let slice = held.readSlice(length: min(progress.sliceBytes, held.readableBytes)),
            slice.readableBytes > 0
        {
            progress.feeding(slice.readableBytes)
            context.fireChannelRead(Self.wrapInboundOut(slice))
            perform(progress.fed())
        }
        if held.readableBytes == 0 { held = ByteBuffer() }
        reschedule()
    }

    private func forwardRead() {
        let wants = progress.isOver || (isOpen && progress.wantsInput && held.readableBytes == 0)
        guard isReadDue, wants else { return }
        isReadDue = false
        context?.read()
    }

    /// Passes on what was held while a request was worked on.
    private func resume() {
        if held.readableBytes > 0 {
            feed()
            context?.fireChannelReadComplete()
        }
        reschedule()
        forwardRead()
    }

    // MARK: Events

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ChannelShouldQuiesceEvent: perform(progress.stop())
        case ConnectionGuardEvent.evict: perform(progress.evict())
        case ChannelEvent.outputClosed: perform(progress.outputClosed())
        case ChannelEvent.inputClosed where progress.isOver: context.close(promise: nil)
        default: break
        }
        context.fireUserInboundEventTriggered(event)
        reschedule()
    }

    func channelInactive(context: ChannelHandlerContext) {
        progress.disconnected()
        reschedule()
        context.fireChannelInactive()
    }

    // MARK: What the observer tells

    /// A head is complete.
    func receivedHead() { progress.receivedHead() }

    /// A request is complete.
    func receivedEnd() { progress.receivedEnd() }

    /// An answer begins; returns whether the connection ends with it.
    func answering() -> Bool {
        defer { reschedule() }
        return progress.answering()
    }

    /// An answer is with the system.
    func answered() {
        perform(progress.answered())
        resume()
    }

    // MARK: Actions

    private func perform(_ action: ConnectionProgress.Action) {
        guard let context, action != .none else { return }
        held = ByteBuffer()
        switch action {
        case .none: break
        case .refuse(let refusal):
            let head = "HTTP/1.1 \(refusal.rawValue)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            context.writeAndFlush(Self.wrapOutboundOut(ByteBuffer(string: head)), promise: nil)
            linger(context)
        case .linger: linger(context)
        case .close: context.close(promise: nil)
        }
    }

    private func linger(_ context: ChannelHandlerContext) {
        context.close(mode: .output, promise: nil)
        timer?.cancel()
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: Self.lingerTime) {
            context.close(promise: nil)
        }
        forwardRead()
    }

    // MARK: Time

    /// Looks whether something else is waited for than before, and sets the timer for that.
    private func reschedule() {
        guard let context, progress.wait != timedWait else { return }
        timedWait = progress.wait
        let now = context.eventLoop.now
        roster.note(context.channel, evictableSince: progress.isEvictable ? now : nil)
        guard !progress.isOver else { return }
        timer?.cancel()
        timer = limit(of: timedWait).map { limit in
            context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(limit)) { [self] in elapsed() }
        }
    }

    private func limit(of wait: ConnectionProgress.Wait?) -> Duration? {
        switch wait {
        case .head: limits.headerTimeout
        case .body: limits.bodyTimeout
        case .nextRequest: limits.idleTimeout
        case .answerTaken: limits.answerTimeout
        case .work: limits.heartbeat
        case nil: nil
        }
    }

    private func elapsed() {
        guard let context else { return }
        if progress.wait == .work {
            // An interim answer (RFC 9110 section 15.2): the client sees that the daemon lives.
            let interim = ByteBuffer(string: "HTTP/1.1 102 Processing\r\n\r\n")
            context.writeAndFlush(Self.wrapOutboundOut(interim), promise: nil)
            timedWait = nil
        } else {
            perform(progress.timedOut())
        }
        reschedule()
    }
}

/// Stands behind the decoder and tells the guard of its connection what came out.
final class RequestObserver: ChannelDuplexHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private let connection: ConnectionGuard

    init(_ connection: ConnectionGuard) { self.connection = connection }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch Self.unwrapInboundIn(data) {
        case .head: connection.receivedHead()
        case .body: break
        case .end: connection.receivedEnd()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch Self.unwrapOutboundIn(data) {
        case .head(var head) where head.status.code >= 200:
            if connection.answering() { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(Self.wrapOutboundOut(.head(head)), promise: promise)
        case .head, .body: context.write(data, promise: promise)
        case .end:
            // Until the client has taken all of it, the answer is not over.
            let taken = promise ?? context.eventLoop.makePromise(of: Void.self)
            taken.futureResult.assumeIsolated().whenSuccess { [connection] in connection.answered() }
            context.writeAndFlush(data, promise: taken)
        }
    }
}
