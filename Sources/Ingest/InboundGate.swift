import NIOCore

/// Stands before the decoder and lets through as many bytes as are wanted, so that pipelined requests wait
/// here as bytes, and in the end in the client's own socket, instead of as decoded requests.
final class InboundGate: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = Never
    typealias OutboundOut = Never

    /// The most that one connection may have held back.
    ///
    /// Reading stops while anything is, but when a client half-closes its connection all that the system has
    /// buffered comes at once. What is held counts against the budget of all connections, too.
    static let heldBytesMax = 1024 * 1024

    /// Pieces up to this size are copied for the decoder, which may keep them: a head of a few bytes must not
    /// hold on to the whole buffer that it was read into.
    static let copiedBytesMax = 1024

    /// Who decides; set while it is in the pipeline, so that neither keeps the other alive for ever.
    var keeper: (any InboundGateKeeper)?
    private var context: ChannelHandlerContext?
    private let account: ConnectionAccount
    private var held = ByteBuffer()
    private var reservedBytes = 0
    private var isInputClosed = false
    private var isReadDue = false
    private var isReadDelayed = false
    /// What arrived since the last time that something was asked for.
    private var arrivedBytes = 0

    /// Whether bytes wait.
    var isHolding: Bool { held.readableBytes > 0 }

    /// Whether the client sent its last byte and none waits.
    var isExhausted: Bool { isInputClosed && !isHolding }

    init(account: ConnectionAccount) {
        self.account = account
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        discard()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isInputClosed else { return }
        var buffer = Self.unwrapInboundIn(data)
        arrivedBytes += buffer.readableBytes
        if held.readableBytes + buffer.readableBytes > Self.heldBytesMax {
            dropInput()
        } else if isHolding {
            held.writeBuffer(&buffer)
        } else {
            held = buffer
        }
        keeper?.inputArrived()
        guard !reserveHeld() else { return }
        dropInput()
        keeper?.inputArrived()
    }

    func read(context: ChannelHandlerContext) {
        isReadDue = true
        forwardRead()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else {
            context.fireUserInboundEventTriggered(event)
            return
        }
        isInputClosed = true
        keeper?.inputArrived()
    }

    func channelInactive(context: ChannelHandlerContext) {
        // First, so that what the decoder makes of a message cut off is not answered.
        keeper?.connectionEnded()
        discard()
        context.fireChannelInactive()
    }

    /// How many bytes can be fed, up to a limit.
    func feedable(max: Int) -> Int { min(held.readableBytes, max) }

    /// Gives bytes to the decoder.
    func feed(_ count: Int) {
        guard let context, let slice = takeHeld(count, context) else { return }
        // The storage goes back to its pool with the last slice.
        if !isHolding { held = ByteBuffer() }
        releaseFed()
        context.fireChannelRead(Self.wrapInboundOut(slice))
    }

    /// Tells the decoder that the client sends no more.
    func feedEnd() {
        context?.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }

    /// Lets a read pass that was asked for while bytes were held or nothing was wanted.
    func forwardRead() {
        guard isReadDue, !isHolding, !isReadDelayed, let keeper, keeper.wantsInput else { return }
        let delay = keeper.readDelay(afterReading: arrivedBytes)
        guard delay > .zero, let context else { return read() }
        isReadDelayed = true
        context.eventLoop.assumeIsolated().scheduleTask(in: delay) { [self] in
            isReadDelayed = false
            if isReadDue, !isHolding { read() }
        }
    }

    private func read() {
        isReadDue = false
        arrivedBytes = 0
        context?.read()
    }

    /// Forgets what is held.
    func discard() {
        held = ByteBuffer()
        releaseFed()
    }

    /// The request at hand is still answered; those behind it are as if they had not arrived.
    private func dropInput() {
        discard()
        isInputClosed = true
    }

    private func takeHeld(_ count: Int, _ context: ChannelHandlerContext) -> ByteBuffer? {
        guard let slice = held.readSlice(length: count) else { return nil }
        guard count <= Self.copiedBytesMax else { return slice }
        var copy = context.channel.allocator.buffer(capacity: count)
        copy.writeImmutableBuffer(slice)
        return copy
    }

    /// Counts what is left to be held; false if the budget of all connections has no room for it.
    private func reserveHeld() -> Bool {
        let missing = held.readableBytes - reservedBytes
        guard missing > 0 else { return true }
        guard account.reserve(missing, for: .held) else { return false }
        shrinkHeld()
        reservedBytes += missing
        return true
    }

    /// What is counted is what is read, so no more than that is kept.
    private func shrinkHeld() {
        guard let context, held.storageCapacity > 2 * held.readableBytes else { return }
        var copy = context.channel.allocator.buffer(capacity: held.readableBytes)
        copy.writeImmutableBuffer(held)
        held = copy
    }

    /// Gives back what is no longer held.
    private func releaseFed() {
        guard reservedBytes > held.readableBytes else { return }
        account.release(reservedBytes - held.readableBytes, of: .held)
        reservedBytes = held.readableBytes
    }
}

/// Who decides what an `InboundGate` lets through.
protocol InboundGateKeeper: AnyObject {
    /// Whether bytes are wanted now.
    var wantsInput: Bool { get }

    /// How long to wait before more is read; asked once for what arrived.
    func readDelay(afterReading count: Int) -> TimeAmount

    /// Bytes arrived, or the client said that none will.
    func inputArrived()

    /// The connection is gone.
    func connectionEnded()
}
