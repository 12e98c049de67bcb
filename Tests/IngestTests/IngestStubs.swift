import Events
import Ingest
import Logging
import Metrics
import NIOCore
import MetricsTestKit
import Providers
import Synchronization
import TestKit

/// Judges requests by their body: `forged`, `xml`, and everything else is authentic; of `echo` the delivery's
/// payload is the field `X-Echo`.
struct StubAdmitter: Admitter {
    var name = "github"

    /// The field with which a test says that no body can prove the request authentic.
    static let unprovable = "X-Unprovable: 1\r\n"

    func refuses(head headers: HeaderFields) -> String? {
        headers.only("x-unprovable").map { _ in "no signature" }
    }

    func admit(_ request: WebhookRequest, ifRoom hasRoom: () -> Bool) -> Admission {
        guard !request.body.starts(with: Array("forged".utf8)) else {
            return .unauthenticated(reason: "the signature is wrong")
        }
        guard hasRoom() else { return .noRoom }
        return switch request.body {
        case Array("xml".utf8): .unsupportedMediaType
        case Array("echo".utf8): echo(request.headers.only("x-echo") ?? "")
        default: .authentic(EventFactory.delivery(source: name, payload: request.body))
        }
    }
}

extension StubAdmitter {
    private func echo(_ value: String) -> Admission {
        .authentic(EventFactory.delivery(source: name, payload: Array(value.utf8)))
    }
}

/// Keeps deliveries, and answers at once or when a test says so.
final class StubSink: DeliverySink {
    typealias Completion = @Sendable (Result<DeliveryReceipt, DeliveryUnavailable>) -> Void

    private let isImmediate: Bool
    private let state = Mutex(State())
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation

    private struct State {
        var deliveries: [Delivery] = []
        var waiting: [Completion] = []
        var isBroken = false
    }

    init(isImmediate: Bool = true) {
        self.isImmediate = isImmediate
        (arrivals, arrival) = AsyncStream.makeStream()
    }

    /// The bodies that came, in order.
    var bodies: [[UInt8]] { state.withLock { $0.deliveries.map(\.payload) } }

    /// How many deliveries wait for their answer.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Lets every delivery from now on fail.
    func breakDown() { state.withLock { $0.isBroken = true } }

    func accept(_ delivery: Delivery, completion: @escaping Completion) {
        let result = state.withLock { state -> Result<DeliveryReceipt, DeliveryUnavailable>? in
            guard !state.isBroken else { return .failure(DeliveryUnavailable(reason: "disk full")) }
            let isDuplicate = state.deliveries.contains { $0.payload == delivery.payload }
            state.deliveries.append(delivery)
            guard isImmediate else {
                state.waiting.append(completion)
                return nil
            }
            let id = Int64(state.deliveries.count)
            return .success(DeliveryReceipt(delivery: id, events: [id + 100], isDuplicate: isDuplicate))
        }
        if let result { completion(result) }
        arrival.yield()
    }

    /// Answers the delivery that waits longest.
    func commit(delivery: Int64 = 12, events: [Int64] = [15]) {
        let completion = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        completion?(.success(DeliveryReceipt(delivery: delivery, events: events, isDuplicate: false)))
    }

    /// Returns when the next delivery has come.
    func arrived() async {
        for await _ in arrivals { return }
    }
}

extension IngestContext {
    /// A context with one source, `github`.
    static func stub(
        sink: any DeliverySink,
        metrics: any MetricsFactory = TestMetrics(),
        logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    ) -> IngestContext {
        var context = IngestContext(
            sources: SourceTable([StubAdmitter()], metricsFactory: metrics),
            sink: sink,
            logger: logger,
            metricsFactory: metrics,
            clock: .showing(Timestamp(milliseconds: 784_111_777_000))
        )
        // However slow the machine is, a connection ends because the client ends it.
        context.patience.quiet = .hours(1)
        context.patience.total = .hours(1)
        return context
    }
}

extension IngestSettings {
    /// Limits small enough to reach.
    static func small(_ change: (inout IngestSettings) -> Void = { _ in }) -> IngestSettings {
        var settings = IngestSettings(listen: [.tcp(host: "127.0.0.1", port: 0)], maxBodyBytes: 1000)
        settings.limits.headerBytes = 2048
        settings.limits.inFlightBytes = 4000
        change(&settings)
        return settings
    }
}

/// Writes requests.
enum TestRequest {
    static func post(
        _ body: String = "{}",
        path: String = "/webhooks/github",
        version: String = "1.1",
        fields: String = ""
    ) -> String {
        "POST \(path) HTTP/\(version)\r\nHost: a\r\n"
            + "\(fields)Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    static func chunked(_ chunks: [String], fields: String = "", trailers: String = "") -> String {
        let body = chunks.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined()
        return "POST /webhooks/github HTTP/1.1\r\nHost: a\r\n\(fields)Transfer-Encoding: chunked\r\n\r\n"
            + body + "0\r\n\(trailers)\r\n"
    }
}
