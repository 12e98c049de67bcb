import NIOCore
import NIOPosix
import Providers
import Synchronization
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
            receivedAt: context.clock(),
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
}
