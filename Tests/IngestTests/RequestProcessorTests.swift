import Dispatch
import Events
import MetricsTestKit
import NIOCore
import NIOPosix
import Providers
import Synchronization
import TestKit
import Testing

@testable import Ingest

@Suite("Processing of requests")
struct RequestProcessorTests {
    /// Processes a body where the thread pool takes nothing; gives the answer and how many bodies got
    /// through.
    private func process(bodyBytes: Int) throws -> (answer: Answer?, deliveries: Int) {
        let sink = StubSink()
        var context = IngestContext.stub(sink: sink)
        context.threadPool = NIOThreadPool(numberOfThreads: 1)
        let source = try #require(context.sources.entry(named: "github"))
        var body = BodyBuffer(announcedBytes: bodyBytes)
        body.append(ByteBuffer(repeating: 0x20, count: bodyBytes))
        let request = CompleteRequest(
            source: source,
            headers: [:],
            body: ArrivedBody(body),
            receivedAt: context.clock.now(),
            remoteAddress: nil,
            account: ConnectionAccount(budget: InFlightBudget(bytesMax: 1 << 20))
        )
        let answer = Mutex<Answer?>(nil)
        RequestProcessor(context: context).process(request) { result in
            answer.withLock { $0 = result }
        }
        return (answer.withLock { $0 }, sink.bodies.count)
    }

    @Test("A body of usual size is processed where it arrived")
    func small() throws {
        let result = try process(bodyBytes: RequestProcessor.inlineBodyBytesMax)
        #expect(result.answer?.status == 202)
        #expect(result.deliveries == 1)
    }

    @Test("A larger one goes to the thread pool, and one that stopped takes nothing")
    func large() throws {
        let result = try process(bodyBytes: RequestProcessor.inlineBodyBytesMax + 1)
        #expect(result.answer == .refused(.unavailable))
        #expect(result.deliveries == 0)
    }

    /// Processes a body beside others that hold memory; gives the status, and what is held for it then.
    private func process(_ text: String, bytesMax: Int, others: Int) throws -> (status: Int?, held: Int) {
        let budget = InFlightBudget(bytesMax: bytesMax)
        #expect(ConnectionAccount(budget: budget).reserve(others, for: .smallBody))
        let context = IngestContext.stub(sink: StubSink())
        var body = BodyBuffer(announcedBytes: text.utf8.count)
        body.append(ByteBuffer(string: text))
        let account = ConnectionAccount(budget: budget)
        let request = CompleteRequest(
            source: try #require(context.sources.entry(named: "github")),
            headers: [:],
            body: ArrivedBody(body),
            receivedAt: context.clock.now(),
            remoteAddress: nil,
            account: account
        )
        let answer = Mutex<Answer?>(nil)
        let isAnswered = DispatchSemaphore(value: 0)
        RequestProcessor(context: context).process(request) { result in
            answer.withLock { $0 = result }
            isAnswered.signal()
        }
        isAnswered.wait()
        return (answer.withLock { $0?.status }, account.current.bytes)
    }

    @Test("Memory to read a body is counted for an authentic one alone, and a forged one is told so without")
    func strangersReserveNothing() throws {
        for size in [10, RequestProcessor.inlineBodyBytesMax + 1] {
            let forged = try process(
                "forged" + String(repeating: "a", count: size),
                bytesMax: 1000,
                others: 1000
            )
            #expect(forged.status == 401)
            #expect(forged.held == 0)
        }
        #expect(try process("{}", bytesMax: 1000, others: 1000).status == 503)
    }

    @Test("A large authentic delivery that finds no room is not lost: it is read when it is its turn")
    func largeWaitsForItsTurn() throws {
        let size = RequestProcessor.inlineBodyBytesMax + 1
        let text = String(repeating: "a", count: size)
        let result = try process(text, bytesMax: 1000, others: 1000)
        #expect(result.status == 202)
        // It takes nothing from what is kept for small ones.
        #expect(result.held == 0)
    }

    @Test("Of two large deliveries that find no room, one is read after the other, and neither is lost")
    func largeOnesTakeTurns() throws {
        let budget = InFlightBudget(bytesMax: 1000)
        #expect(ConnectionAccount(budget: budget).reserve(1000, for: .smallBody))
        var context = IngestContext.stub(sink: StubSink())
        context.threadPool = NIOThreadPool(numberOfThreads: 2)
        context.threadPool.start()
        defer { context.threadPool.shutdownGracefully { _ in } }
        let admitter = MeetingAdmitter()
        let processor = RequestProcessor(context: context)
        let answers = Mutex<[Int]>([])
        let isAnswered = DispatchSemaphore(value: 0)
        for letter in ["a", "b"] {
            let text = String(repeating: letter, count: RequestProcessor.inlineBodyBytesMax + 1)
            var body = BodyBuffer(announcedBytes: text.utf8.count)
            body.append(ByteBuffer(string: text))
            let request = CompleteRequest(
                source: try #require(
                    SourceTable([admitter], metricsFactory: TestMetrics()).entry(named: "github")
                ),
                headers: [:],
                body: ArrivedBody(body),
                receivedAt: context.clock.now(),
                remoteAddress: nil,
                account: ConnectionAccount(budget: budget)
            )
            processor.process(request) { result in
                answers.withLock { $0.append(result.status) }
                isAnswered.signal()
            }
        }
        for _ in 1...2 { isAnswered.wait() }
        #expect(answers.withLock { $0 } == [202, 202])
        #expect(admitter.readersMax == 1)
    }

    /// Takes everything; who is the first to be read stays there until the second is at the door.
    private final class MeetingAdmitter: Admitter {
        let name = "github"
        private let second = DispatchSemaphore(value: 0)
        private let state = Mutex((arrived: 0, readers: 0, readersMax: 0))

        var readersMax: Int { state.withLock { $0.readersMax } }

        func refuses(head headers: HeaderFields) -> String? { nil }

        func admit(_ request: WebhookRequest, ifRoom hasRoom: () -> Bool) -> Admission {
            let isSecond = state.withLock { state in
                state.arrived += 1
                return state.arrived == 2
            }
            if isSecond { second.signal() }
            guard hasRoom() else { return .noRoom }
            state.withLock { state in
                state.readers += 1
                state.readersMax = max(state.readersMax, state.readers)
            }
            if !isSecond { second.wait() }
            state.withLock { $0.readers -= 1 }
            return .authentic(EventFactory.delivery(source: name, payload: request.body))
        }
    }
}
