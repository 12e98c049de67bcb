/// Decides what happens on one connection; knows neither sockets nor clocks.
///
/// Every method that can lead to something returns an `Action`, which the caller performs before it calls the
/// next method. Requests are answered one at a time: while `isReading` is false the caller passes nothing on.
/// After the end every method is allowed and does nothing.
struct ConnectionStateMachine {
    /// Where the connection is, and what may follow.
    enum State: Hashable {
        /// Between two requests: head, ended.
        case idle
        /// Within a head of which so many bytes were read, or before the first request: body, responding,
        /// ended.
        case head(bytes: Int)
        /// Behind a head; so many bytes of the body arrived, and so many bytes of framing since the last of
        /// them: body, processing, responding, ended.
        case body(Request, bytes: Int, framingBytes: Int)
        /// The request is complete and its answer is awaited: responding, abandoned.
        case processing(Request)
        /// The answer is being written: idle, ended.
        case responding(keepsAlive: Bool)
        /// The client is gone and the answer is still awaited, because the bytes of the body are in use:
        /// ended.
        case abandoned(Request)
        /// Over; perhaps what still arrives is thrown away.
        case ended
    }

    /// The request at hand.
    struct Request: Hashable {
        /// Tells it from the connection's other requests.
        var number: UInt64
        /// What its head said.
        var outline: RequestOutline
        /// The answer that waits for the end of a request without a body.
        var refusal: Refusal?
    }

    /// What the caller must do.
    enum Action: Hashable {
        /// Nothing.
        case none
        /// Tell the client to send its body.
        case writeInterim
        /// Hand over the request; its answer goes to `answered`.
        case process(number: UInt64)
        /// Write an answer and call `written`.
        case write(Answer, connection: AnswerWriter.Connection, omitsBody: Bool)
        /// Count an answer that nobody is there to read.
        case count(Answer)
        /// Read the next request.
        case readOn
        /// Close the connection now.
        case close
        /// Close the output, throw away what arrives, and close the rest soon.
        case linger
    }

    /// What is waited for, with a limit of its own.
    enum Wait: Hashable {
        /// The end of a head.
        case head
        /// The end of a body.
        case body
        /// The next request.
        case nextRequest
        /// The one request that a connection may still send when the daemon stops.
        case lastRequest
        /// That the client takes the answer.
        case answerTaken
    }

    /// How much of a head is given to the decoder at once: little, so that few pipelined requests come out
    /// with it.
    static let headSliceBytes = 1024
    /// The same for a chunked body, whose end is not known before.
    ///
    /// All of a slice may be chunks of a byte. As long as large ones come, each slice is twice as large as
    /// the one before, up to the most.
    static let chunkSliceBytes = 1024...8192

    private(set) var state = State.head(bytes: 0)
    /// Counts the waits: a new number is a new wait, also of the same kind.
    private(set) var waitNumber: UInt64 = 1
    /// How many requests the connection has sent.
    private(set) var requestNumber: UInt64 = 0
    private var isStopping = false
    private var isInputEnded = false
    private var hasToLeave = false
    private var chunkSliceBytes = Self.chunkSliceBytes.lowerBound
    /// The parts of a body that came out of the latest slice.
    private var partsOfSlice = 0
    private let bodyBytesMax: Int
    private let headerBytesMax: Int
    private let account: ConnectionAccount

    init(settings: IngestSettings, account: ConnectionAccount) {
        bodyBytesMax = settings.maxBodyBytes
        headerBytesMax = settings.limits.headerBytes
        self.account = account
    }

    /// Whether the caller may pass on input.
    var isReading: Bool {
        switch state {
        case .idle, .head, .body: true
        case .processing, .responding, .abandoned, .ended: false
        }
    }

    /// Whether the next byte, if one comes, begins a request.
    var isBetweenRequests: Bool { state == .idle }

    /// Whether the body at hand is of no use, because its answer is known.
    var isDiscardingBody: Bool {
        if case .body(let request, _, _) = state { return request.refusal != nil }
        return false
    }

    /// Whether a body is read that may be larger than small ones.
    var isReadingLargeBody: Bool {
        guard case .body(let request, _, _) = state else { return false }
        return (request.outline.body.announcedBytes ?? .max) > BodyBuffer.smallBytes
    }

    /// What the connection does, as far as it matters to others.
    var phase: ConnectionAccount.Phase {
        switch state {
        case .idle, .head: .waiting
        case .body: .body
        case .processing, .responding, .abandoned: .working
        case .ended: .over
        }
    }

    /// Whether nothing more is read, ever.
    var isOver: Bool {
        switch state {
        case .abandoned, .ended: true
        case .idle, .head, .body, .processing, .responding: false
        }
    }

    /// How many bytes may go to the decoder next.
    var sliceBytes: Int {
        switch state {
        case .idle: min(Self.headSliceBytes, headerBytesMax)
        case .head(let bytes): min(Self.headSliceBytes, headerBytesMax - bytes)
        case .body(let request, let bytes, _):
            switch request.outline.body {
            case .none: Self.headSliceBytes
            case .length(let length): max(length - bytes, 1)
            case .chunked: chunkSliceBytes
            }
        case .processing, .responding, .abandoned, .ended: 0
        }
    }

    /// What is waited for; nil where nothing of the client is.
    var wait: Wait? {
        switch state {
        case .idle: isStopping ? .lastRequest : .nextRequest
        case .head(bytes: 0) where isStopping: .lastRequest
        case .head: .head
        case .body: .body
        case .responding: .answerTaken
        case .processing, .abandoned, .ended: nil
        }
    }

    // MARK: Input

    /// So many bytes go to the decoder now.
    mutating func feeding(_ count: Int) {
        partsOfSlice = 0
        switch state {
        case .idle: enter(.head(bytes: count))
        // What was waited for has begun, and has the time of a head.
        case .head(bytes: 0) where isStopping: enter(.head(bytes: count))
        case .head(let bytes): state = .head(bytes: bytes + count)
        case .body(let request, let bytes, let framingBytes) where request.outline.body == .chunked:
            state = .body(request, bytes: bytes, framingBytes: framingBytes + count)
        case .body, .processing, .responding, .abandoned, .ended: break
        }
    }

    /// The decoder has seen them, and everything that came out of it was passed on.
    mutating func fed() -> Action {
        adaptSlices()
        return switch state {
        case .head(let bytes) where bytes >= headerBytesMax: refuseAtOnce(.headerTooLarge)
        case .body(_, _, let framingBytes) where framingBytes > headerBytesMax: refuseAtOnce(.headerTooLarge)
        default: .none
        }
    }

    private mutating func adaptSlices() {
        switch partsOfSlice {
        case 0: break
        case 1: chunkSliceBytes = min(2 * chunkSliceBytes, Self.chunkSliceBytes.upperBound)
        default: chunkSliceBytes = Self.chunkSliceBytes.lowerBound
        }
    }

    /// A head is complete.
    mutating func received(head outline: RequestOutline) -> Action {
        switch state {
        case .idle, .head: break
        case .body, .processing, .responding, .abandoned, .ended: return .none
        }
        requestNumber += 1
        let refusal = refusal(of: outline)
        let request = Request(number: requestNumber, outline: outline, refusal: refusal)
        enter(.body(request, bytes: 0, framingBytes: 0))
        if let refusal {
            // A body of unknown length may still turn out too large, which is told first; it is not kept.
            let awaitsEnd =
                refusal == .unauthenticated && outline.body == .chunked && !outline.expectsContinue
            // One without a body is over at once.
            return outline.body == .none && !outline.isMalformed || awaitsEnd ? .none : refuseAtOnce(refusal)
        }
        return outline.expectsContinue && outline.body != .none ? .writeInterim : .none
    }

    /// So many bytes of the body arrived.
    mutating func received(bodyBytes count: Int) -> Action {
        partsOfSlice += 1
        guard case .body(let request, let bytes, _) = state else { return .none }
        guard count <= bodyBytesMax - bytes else { return refuseAtOnce(.tooLarge) }
        if request.refusal == nil, !reserveRoom(for: request.outline.body, from: bytes, to: bytes + count) {
            return refuseAtOnce(.unavailable)
        }
        state = .body(request, bytes: bytes + count, framingBytes: 0)
        return .none
    }

    /// The request is complete.
    mutating func receivedEnd() -> Action {
        guard case .body(let request, _, _) = state else { return .none }
        enter(.processing(request))
        if let refusal = request.refusal { return answered(.refused(refusal), number: request.number) }
        return .process(number: request.number)
    }

    /// The decoder cannot read on.
    mutating func failed(_ refusal: Refusal) -> Action {
        isReading ? refuseAtOnce(refusal) : .none
    }

    /// The client sends no more; it may still read.
    mutating func inputEnded() -> Action {
        isInputEnded = true
        switch state {
        case .idle, .head(bytes: 0): return end()
        case .head, .body: return refuseAtOnce(.malformed)
        case .processing, .responding, .abandoned, .ended: return .none
        }
    }

    // MARK: Output

    /// The answer to a request is known; an answer to another than the current one is not heard.
    mutating func answered(_ answer: Answer, number: UInt64) -> Action {
        switch state {
        case .processing(let request) where request.number == number:
            return respond(answer, to: request.outline)
        case .abandoned(let request) where request.number == number:
            _ = end()
            return .count(answer)
        default: return .none
        }
    }

    /// The answer is with the system.
    mutating func written() -> Action {
        guard case .responding(let keepsAlive) = state else { return .none }
        release()
        guard keepsAlive, !isStopping, !isInputEnded else {
            enter(.ended)
            return isInputEnded || hasToLeave ? .close : .linger
        }
        enter(.idle)
        return .readOn
    }

    // MARK: Ends

    /// The current wait was too long.
    mutating func timedOut() -> Action {
        switch state {
        case .idle, .responding: end()
        case .head(bytes: 0) where isStopping: end()
        case .head, .body: refuseAtOnce(.timedOut)
        case .processing, .abandoned, .ended: .none
        }
    }

    /// The daemon stops: what is in progress is answered, and one request more may come soon.
    ///
    /// A client that has just connected, or uses its connection again, may have sent one that is still on its
    /// way.
    mutating func stop() {
        guard !isStopping else { return }
        isStopping = true
        switch state {
        // The same state, with a shorter wait.
        case .idle, .head(bytes: 0): enter(state)
        case .head, .body, .processing, .responding, .abandoned, .ended: break
        }
    }

    /// The connection has to go, because others need what it holds.
    mutating func leave(_ reason: Eviction.Reason) -> Action {
        hasToLeave = true
        switch state {
        case .idle, .head, .responding: return end()
        case .body: return refuseAtOnce(reason == .slow ? .timedOut : .unavailable)
        case .processing, .abandoned, .ended: return .none
        }
    }

    /// The connection is gone.
    mutating func disconnected() {
        guard case .processing(let request) = state else {
            if case .abandoned = state { return }
            _ = end()
            return
        }
        enter(.abandoned(request))
    }

    // MARK: Parts

    /// The first reason not to take a request, in the order that tells strangers least.
    private func refusal(of outline: RequestOutline) -> Refusal? {
        if outline.isMalformed { return .malformed }
        if !outline.isRouted { return .notFound }
        if outline.method != .post { return .methodNotAllowed }
        if case .length(let length) = outline.body, length > bodyBytesMax { return .tooLarge }
        return outline.isUnprovable ? .unauthenticated : nil
    }

    /// Answers a request that is not read to its end, which ends the connection.
    private mutating func refuseAtOnce(_ refusal: Refusal) -> Action {
        var outline = RequestOutline()
        if case .body(let request, _, _) = state { outline = request.outline }
        outline.keepsAlive = false
        return respond(.refused(refusal), to: outline)
    }

    private mutating func respond(_ answer: Answer, to outline: RequestOutline) -> Action {
        let isOver = isStopping || isInputEnded || hasToLeave || answer.endsConnection
        let keepsAlive = outline.keepsAlive && !isOver
        enter(.responding(keepsAlive: keepsAlive))
        let persistent: AnswerWriter.Connection = outline.announcesKeepAlive ? .keepAlive : .persistent
        return .write(
            answer,
            connection: keepsAlive ? persistent : .close,
            omitsBody: outline.method == .head
        )
    }

    private mutating func end() -> Action {
        release()
        guard state != .ended else { return .none }
        enter(.ended)
        return .close
    }

    private func release() { account.releaseRequest() }

    /// Counts the room that a longer body takes, before it is taken; false if there is none.
    private func reserveRoom(for framing: RequestOutline.BodyFraming, from bytes: Int, to newBytes: Int)
        -> Bool
    {
        let announced = framing.announcedBytes
        let more =
            BodyBuffer.capacity(for: newBytes, announcedBytes: announced)
            - BodyBuffer.capacity(for: bytes, announcedBytes: announced)
        guard more > 0 else { return true }
        let isSmall = announced.map { $0 <= BodyBuffer.smallBytes } ?? false
        return account.reserve(more, for: isSmall ? .smallBody : .body)
    }

    private mutating func enter(_ next: State) {
        state = next
        waitNumber += 1
    }
}
