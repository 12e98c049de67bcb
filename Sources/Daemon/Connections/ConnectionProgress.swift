/// How far the requests of one connection are, and what follows from that; knows neither sockets nor clocks.
///
/// It sees bytes before they are decoded, and heads and ends behind the decoder. While a whole request waits
/// for its answer nothing is passed on. After the end every method is allowed and does nothing.
struct ConnectionProgress {
    /// What is being read.
    enum Input: Hashable {
        /// Nothing of a request has come since the last one: head.
        case between
        /// So many bytes of a head, or none of the first one: body.
        case head(bytes: Int)
        /// So many bytes behind a head: between.
        case body(bytes: Int)
    }

    /// What the caller must do.
    enum Action: Hashable {
        /// Nothing.
        case none
        /// Answer in the connection's place, and end it.
        case refuse(Refusal)
        /// Close the output, throw away what arrives, and close the rest soon.
        case linger
        /// Close the connection now.
        case close
    }

    /// Why a request is not read to its end.
    enum Refusal: String {
        case bodyTooLarge = "413 Content Too Large"
        case headerTooLarge = "431 Request Header Fields Too Large"
        case timedOut = "408 Request Timeout"
    }

    /// What is waited for, with a limit of its own.
    enum Wait: Hashable {
        /// The end of a head.
        case head
        /// The end of a body.
        case body
        /// The next request.
        case nextRequest
        /// That the client takes the answer.
        case answerTaken
        /// That the daemon has an answer.
        case work
    }

    /// How much of a head is given to the decoder at once: little, so that few pipelined requests come out
    /// with it.
    private static let headSliceBytes = 1024
    /// The same for a body.
    private static let bodySliceBytes = 4096

    private(set) var input = Input.head(bytes: 0)
    private(set) var isOver = false
    private var unanswered = 0
    private var isWriting = false
    private var isStopping = false
    private let limits: ConnectionLimits

    init(limits: ConnectionLimits) { self.limits = limits }

    private var isWithinBody: Bool {
        if case .body = input { true } else { false }
    }

    /// Whether a whole request waits for its answer.
    private var isWorking: Bool { unanswered > (isWithinBody ? 1 : 0) }

    /// Whether bytes are passed on.
    var wantsInput: Bool { !isOver && !isWorking }

    /// How many bytes may go to the decoder next.
    var sliceBytes: Int {
        switch input {
        case .between: min(Self.headSliceBytes, limits.headerBytes)
        case .head(let bytes): max(1, min(Self.headSliceBytes, limits.headerBytes - bytes))
        case .body: Self.bodySliceBytes
        }
    }

    /// What is waited for; nil at the end.
    var wait: Wait? {
        if isOver { return nil }
        if isWriting { return .answerTaken }
        if isWorking { return .work }
        return switch input {
        case .between: .nextRequest
        case .head: .head
        case .body: .body
        }
    }

    /// Whether the connection may be closed for a new one: nothing is worked on for it.
    var isEvictable: Bool {
        if isOver { return false }
        return isWriting ? limits.answerTimeout != nil : unanswered == 0
    }

    // MARK: Input

    /// So many bytes go to the decoder now.
    mutating func feeding(_ count: Int) {
        switch input {
        case .between: input = .head(bytes: count)
        case .head(let bytes): input = .head(bytes: bytes + count)
        case .body(let bytes): input = .body(bytes: bytes + count)
        }
    }

    /// The decoder has seen them, and everything that came out of it was passed on.
    mutating func fed() -> Action {
        switch input {
        case .head(let bytes) where bytes >= limits.headerBytes: refuse(.headerTooLarge)
        case .body(let bytes) where bytes > limits.bodyBytes: refuse(.bodyTooLarge)
        case .between, .head, .body: .none
        }
    }

    /// A head is complete.
    mutating func receivedHead() {
        input = .body(bytes: 0)
        unanswered += 1
    }

    /// The request is complete.
    mutating func receivedEnd() { input = .between }

    // MARK: Output

    /// The answer begins.
    ///
    /// - Returns: Whether the connection ends with it, which the answer should say.
    mutating func answering() -> Bool {
        isWriting = true
        return isStopping || isWithinBody
    }

    /// The answer is with the system; when it came before the end of the request, nothing more is read.
    mutating func answered() -> Action {
        isWriting = false
        unanswered = max(0, unanswered - 1)
        guard isWithinBody || isStopping, !isWorking else { return .none }
        return end(.linger)
    }

    // MARK: Ends

    /// The current wait was too long.
    mutating func timedOut() -> Action {
        switch (wait, input) {
        case (.work, _), (nil, _): .none
        case (.head, .head(bytes: 0)), (.nextRequest, _), (.answerTaken, _): end(.close)
        case (.head, _), (.body, _): refuse(.timedOut)
        }
    }

    /// The daemon stops: what is worked on is answered, nothing else is waited for.
    mutating func stop() -> Action {
        isStopping = true
        return isWriting || isWorking ? .none : end(.close)
    }

    /// Another connection is to have this one's place.
    mutating func evict() -> Action { isEvictable ? end(.close) : .none }

    /// The daemon has closed its side.
    mutating func outputClosed() -> Action { end(.linger) }

    /// The connection is gone.
    mutating func disconnected() { isOver = true }

    /// Nothing is said once an answer has begun.
    private mutating func refuse(_ refusal: Refusal) -> Action {
        end(isWriting || isWorking ? .close : .refuse(refusal))
    }

    private mutating func end(_ action: Action) -> Action {
        guard !isOver else { return .none }
        isOver = true
        return action
    }
}
