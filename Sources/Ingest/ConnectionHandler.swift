import Events
import NIOCore
import NIOHTTP1
import Providers

/// Performs on one connection what its state machine decides.
///
/// Lives behind an `InboundGate` and the decoder.
final class ConnectionHandler: ChannelInboundHandler, InboundGateKeeper {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    /// How many requests are taken from a connection before others have their turn.
    static let requestsPerTurn = 4
    /// How many parts of a body a connection has taken at once, before others have their turn: who sends
    /// chunks of a byte each has a part for every few bytes.
    static let bodyPartsPerTurn = 64

    private let shared: ConnectionContext
    private let peer: Peer
    private let gate: InboundGate
    private let account: ConnectionAccount
    private var machine: ConnectionStateMachine
    private var context: ChannelHandlerContext?
    private var exchange: Exchange?
    private var queue = CircularBuffer<QueuedInput>()
    private var isPumping = false
    private var isTurnDue = false
    /// The number of the request that is the last of this turn.
    private var turnEnd: UInt64 = 0
    /// The parts of bodies that this turn still takes.
    private var partsLeft = 0
    private var waitNumber: UInt64 = 0
    private var deadline: NIODeadline?
    private var check: (task: Scheduled<Void>, due: NIODeadline)?

    /// What came out of the decoder behind the end of a request that is still to be answered.
    private enum QueuedInput {
        case part(HTTPServerRequestPart)
        case failure(Refusal)
    }

    init(shared: ConnectionContext, peer: Peer, account: ConnectionAccount, gate: InboundGate) {
        self.shared = shared
        self.peer = peer
        self.account = account
        self.gate = gate
        machine = ConnectionStateMachine(settings: shared.settings, account: account)
    }

    // MARK: The pipeline

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        gate.keeper = self
        // One that was accepted as the daemon began to stop.
        if shared.registry.isStopping { machine.stop() }
        updateTimer()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        connectionEnded()
        gate.keeper = nil
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        handle(.part(Self.unwrapInboundIn(data)))
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        switch error {
        case HTTPParserError.headerOverflow: handle(.failure(.headerTooLarge))
        case is HTTPParserError: handle(.failure(.malformed))
        // Of the decoder after its first error; nothing new.
        case is ByteToMessageDecoderError: break
        // An error of the socket: there is nobody to tell.
        default: context.close(promise: nil)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ConnectionEvent.stop:
            machine.stop()
            updateTimer()
        case ConnectionEvent.leave(let reason): perform(machine.leave(reason))
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    // MARK: The gate

    var wantsInput: Bool { machine.isReading && queue.isEmpty }

    func readDelay(afterReading count: Int) -> TimeAmount {
        guard machine.isReadingLargeBody, shared.budget.isShort, let context else { return .zero }
        let standing = account.current
        guard !standing.isSpared else { return .zero }
        return standing.usage.pace.delay(afterReading: count, at: context.eventLoop.now)
    }

    func inputArrived() {
        pump()
    }

    func connectionEnded() {
        machine.disconnected()
        // What commits without its client is still counted.
        if machine.state == .ended { exchange = nil }
        queue.removeAll()
        deadline = nil
        check?.task.cancel()
        check = nil
    }

    // MARK: Input

    /// Passes on input while the state machine wants any: first what was decoded, then what waits in the
    /// gate.
    ///
    /// A loop and not a recursion: an answer that is written at once leads back here.
    private func pump() {
        guard !isPumping, !isTurnDue else { return }
        isPumping = true
        turnEnd = machine.requestNumber + UInt64(Self.requestsPerTurn)
        partsLeft = Self.bodyPartsPerTurn
        while wantsPart, passOn() {}
        isPumping = false
        if machine.isReading, !wantsPart, hasMoreInput { return takeTurnLater() }
        if gate.isExhausted, queue.isEmpty, !machine.isReading { perform(machine.inputEnded()) }
        updateTimer()
        gate.forwardRead()
    }

    /// Whether the state machine takes what comes next, and it is this connection's turn.
    private var wantsPart: Bool {
        machine.isReading && partsLeft > 0
            && (machine.requestNumber < turnEnd || !machine.isBetweenRequests)
    }

    private var hasMoreInput: Bool { gate.isHolding || gate.isExhausted || !queue.isEmpty }

    /// A client that sends many requests at once, or a body in many parts, waits for the other connections
    /// behind each few of them.
    private func takeTurnLater() {
        guard let context else { return }
        isTurnDue = true
        shared.turns.queue(of: context.eventLoop).wait { [self] in
            isTurnDue = false
            pump()
        }
    }

    /// Passes on one piece; returns whether there was one.
    private func passOn() -> Bool {
        if let next = queue.popFirst() {
            handle(next)
            return true
        }
        let count = gate.feedable(max: machine.sliceBytes)
        if count > 0 {
            machine.feeding(count)
            gate.feed(count)
            perform(machine.fed())
            return true
        }
        guard gate.isExhausted else { return false }
        // The decoder knows whether that is within a request.
        gate.feedEnd()
        perform(machine.inputEnded())
        return true
    }

    private func handle(_ input: QueuedInput) {
        guard wantsPart else {
            if !machine.isOver { queue.append(input) }
            return
        }
        switch input {
        case .part(.head(let head)): perform(received(head))
        case .part(.body(let bytes)): perform(received(bytes))
        case .part(.end): perform(machine.receivedEnd())
        case .failure(let refusal): perform(machine.failed(refusal))
        }
    }

    private func received(_ head: HTTPRequestHead) -> ConnectionStateMachine.Action {
        var outline = RequestOutline(head)
        let source = RequestTarget.sourceName(in: head.uri).flatMap {
            shared.context.sources.entry(named: $0)
        }
        outline.isRouted = source != nil
        if let source, let context {
            let exchange = Exchange(
                source: source,
                head: head,
                framing: outline.body,
                begin: context.eventLoop.now,
                peer: peer,
                shared: shared
            )
            account.count(for: exchange.client.usage, isProxied: peer.isTrusted)
            outline.isUnprovable = exchange.fault != nil
            self.exchange = exchange
        }
        return machine.received(head: outline)
    }

    private func received(_ bytes: ByteBuffer) -> ConnectionStateMachine.Action {
        partsLeft -= 1
        // Who sends is not idle, and may be slow.
        if let context { account.received(bodyBytes: bytes.readableBytes, at: context.eventLoop.now) }
        let action = machine.received(bodyBytes: bytes.readableBytes)
        if action == .none, !machine.isDiscardingBody { exchange?.append(bytes) }
        return action
    }

    // MARK: Output

    private func perform(_ action: ConnectionStateMachine.Action) {
        switch action {
        case .none: break
        case .writeInterim: writeInterim()
        case .process(let number): process(number: number)
        case .write(let answer, let connection, let omitsBody):
            write(answer, connection: connection, omitsBody: omitsBody)
        case .count(let answer): count(answer)
        case .readOn: pump()
        case .close: context?.close(promise: nil)
        case .linger: linger()
        }
        if !isPumping { updateTimer() }
    }

    private func writeInterim() {
        guard let context else { return }
        var buffer = context.channel.allocator.buffer(capacity: AnswerWriter.interim.utf8CodeUnitCount)
        buffer.writeStaticString(AnswerWriter.interim)
        context.writeAndFlush(Self.wrapOutboundOut(buffer), promise: nil)
    }

    private func process(number: UInt64) {
        guard let context,
            let request = exchange?.takeRequest(at: shared.context.clock.now(), account: account)
        else { return }
        request.source.metrics.recordBody(bytes: request.body.count)
        // Nobody may have it evicted from here on, as its bytes are in use.
        account.enter(.working, at: context.eventLoop.now)
        let eventLoop = context.eventLoop
        let handler = NIOLoopBound(self, eventLoop: eventLoop)
        shared.processor.process(request) { answer in
            if eventLoop.inEventLoop {
                handler.value.answered(answer, number: number)
            } else {
                eventLoop.execute { handler.value.answered(answer, number: number) }
            }
        }
    }

    private func answered(_ answer: Answer, number: UInt64) {
        if answer.isAuthentic { account.prove() }
        perform(machine.answered(answer, number: number))
    }

    private func write(_ answer: Answer, connection: AnswerWriter.Connection, omitsBody: Bool) {
        guard let context else { return }
        var buffer = context.channel.allocator.buffer(capacity: AnswerWriter.capacity)
        let date = shared.context.clock.now()
        AnswerWriter.write(answer, connection: connection, date: date, omitsBody: omitsBody, to: &buffer)
        count(answer)
        context.writeAndFlush(Self.wrapOutboundOut(buffer)).assumeIsolated().whenComplete { [self] result in
            switch result {
            case .success: perform(machine.written())
            case .failure: self.context?.close(promise: nil)
            }
        }
    }

    private func count(_ answer: Answer) {
        shared.record(answer, to: exchange, at: context?.eventLoop.now ?? .now(), from: peer)
        exchange = nil
        account.count(for: peer.usage)
    }

    private func linger() {
        queue.removeAll()
        gate.discard()
        guard let context else { return }
        do {
            guard !gate.isExhausted else { return context.close(promise: nil) }
            let standing = account.current
            let isShort = standing.hadToYield && !standing.hasProved
            let handler = LingerHandler(
                shared.context.patience,
                discardedBytesMax: isShort
                    ? LingerHandler.discardedBytesMaxWhenShort : LingerHandler.discardedBytesMax,
                pace: account.current.usage.pace
            )
            try context.pipeline.syncOperations.addHandler(handler, position: .first)
        } catch {
            // The pipeline is gone, and the connection with it.
            context.close(promise: nil)
        }
    }

    // MARK: Time

    /// Notes the deadline of what is waited for now.
    ///
    /// One check at a time is scheduled and looks at the deadline when it comes, so that a request which is
    /// quick costs no timer.
    private func updateTimer() {
        guard machine.waitNumber != waitNumber, let context else { return }
        waitNumber = machine.waitNumber
        account.enter(machine.phase, at: context.eventLoop.now)
        guard let wait = machine.wait else {
            deadline = nil
            return
        }
        let due = context.eventLoop.now + shared.timeout(of: wait)
        deadline = due
        guard let check else { return scheduleCheck(due, context: context) }
        guard check.due > due else { return }
        check.task.cancel()
        scheduleCheck(due, context: context)
    }

    private func scheduleCheck(_ due: NIODeadline, context: ChannelHandlerContext) {
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in checkDeadline()
        }
        check = (task, due)
    }

    private func checkDeadline() {
        check = nil
        guard let deadline, let context else { return }
        if context.eventLoop.now >= deadline {
            self.deadline = nil
            perform(machine.timedOut())
        } else {
            scheduleCheck(deadline, context: context)
        }
    }
}

/// What is told to the handlers of all connections.
enum ConnectionEvent: Sendable {
    /// The daemon stops.
    case stop
    /// This connection has to go.
    case leave(Eviction.Reason)
}
