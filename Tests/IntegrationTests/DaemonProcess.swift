import AsyncHTTPClient
import Events
import Foundation
import GRDB
import NIOCore
import NIOHTTP1
import Providers
import Signatures
import Subprocess
import SystemPackage
import TestKit
import Testing

/// The real daemon, on ports that the system chose, with an outbox in a folder of its own.
final class DaemonProcess: Sendable {
    static let secret = "integration-secret"

    /// Standard output: what the listeners print.
    let output: LineCollector
    /// Standard error: the log.
    let log: LineCollector
    /// The base of the ingest address.
    let ingest: String
    /// The base of the admin address.
    let admin: String

    /// Stays as long as the daemon: without its files it takes nothing.
    private let folder: TemporaryFolder
    private let processID: ProcessIdentifier
    private let running: Task<Int32, any Error>

    /// A client that says at once when nobody listens; it lives as long as the tests.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration.singletonConfiguration
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// The sections that most tests have in common.
    static func configuration(
        sources: String = "github: { provider: github, secrets: [\"env:SECRET\"] }",
        listeners: String = "event-log: {}",
        more: String = ""
    ) -> String {
        """
        ingest: { listen: ["127.0.0.1:0"] }
        admin: { listen: "127.0.0.1:0" }
        outbox: { path: outbox.db }
        sources: { \(sources) }
        listeners: { \(listeners) }
        \(more)
        """
    }

    /// Starts the daemon in a folder and waits until it takes deliveries and commands.
    ///
    /// - Parameters:
    ///   - folder: Its working directory, with `forgewire.yml` in it.
    ///   - limits: A shell prefix such as `ulimit -f 100;`.
    ///   - tracer: What runs it, such as `strace`.
    ///   - executable: What is started; nil for `forgewire`.
    ///   - environment: Variables beside `SECRET`.
    ///   - log: What collects its log, for who looks before it takes deliveries.
    /// - Throws: An error if it ends before it takes deliveries.
    init(
        in folder: TemporaryFolder,
        limits: String = "",
        tracer: String = "",
        executable: FilePath? = nil,
        environment: [String: String] = [:],
        log: LineCollector = LineCollector()
    ) async throws {
        let output = LineCollector()
        let (started, start) = AsyncStream<ProcessIdentifier>.makeStream()
        let command = "\(limits) exec \(tracer) \"$0\" serve --config forgewire.yml --log-level debug"
        let configuration = Subprocess.Configuration(
            executable: .path("/bin/sh"),
            arguments: ["-c", command, try (executable ?? Executable.path).string],
            environment: .custom(["SECRET": Self.secret].merging(environment) { $1 }),
            workingDirectory: FilePath(folder.url.path)
        )
        running = Task {
            defer { start.finish() }
            let result = try await Subprocess.run(
                configuration,
                input: .none,
                output: .sequence,
                error: .sequence
            ) { execution in
                start.yield(execution.processIdentifier)
                async let lines: Void = output.read(execution.standardOutput)
                async let logged: Void = log.read(execution.standardError)
                _ = try await (lines, logged)
            }
            return result.terminationStatus.code
        }
        self.folder = folder
        self.output = output
        self.log = log
        processID = try #require(await started.first { _ in true })
        ingest = try await Self.address(in: log, after: "Forgewire takes deliveries addresses=")
        admin = try await Self.address(in: log, after: "Health and metrics are served address=")
        // Commands that change something reach the daemon from then on, too.
        let socket = folder.path("outbox.db.sock")
        while !FileManager.default.fileExists(atPath: socket) {
            _ = try await request("GET", admin + "/healthz")
        }
    }

    deinit {
        if !output.isEnded { kill(processID.value, SIGKILL) }
    }

    private static func address(in log: LineCollector, after words: String) async throws -> String {
        let line = try await log.line(containing: words)
        let address = line.components(separatedBy: words).last?.trimmingCharacters(in: ["\""])
        return "http://\(try #require(address))"
    }

    /// Its number.
    var number: Int32 { processID.value }

    /// What the system says of the process.
    var facts: ProcessFacts { ProcessFacts(processID: processID.value) }

    /// Sends a signal.
    func signal(_ signal: Int32) { kill(processID.value, signal) }

    /// Waits for the end and returns the exit status, or the negative signal that ended it.
    func exit() async throws -> Int32 { try await running.value }

    /// What GitHub would put into `X-Hub-Signature-256`.
    static func signature(of body: [UInt8], secret: String = DaemonProcess.secret) -> String {
        "sha256=" + Hexadecimal.encode(HMACSHA256.code(of: body, key: Array(secret.utf8)))
    }

    /// A configured source and how its provider signs.
    struct Hook: Sendable {
        var source = "github"
        var provider = "github"
        var secret = DaemonProcess.secret
    }

    /// Posts a signed body as a provider would.
    ///
    /// - Parameters:
    ///   - body: The payload.
    ///   - event: The provider's own name of the event, for its header.
    ///   - deliveryID: The provider's own id of the delivery.
    ///   - hook: The source to post to.
    ///   - more: Header fields to add, or to replace.
    ///   - secondsFromNow: When it is signed.
    ///   - tamper: Changes what was signed.
    /// - Returns: The answer.
    /// - Throws: An error if there is none.
    func post(
        _ body: [UInt8],
        event: String? = "pull_request",
        deliveryID: String = UUID().uuidString,
        to hook: Hook = Hook(),
        headers more: [String: String] = [:],
        secondsFromNow: Int64 = 0,
        tamper: (inout WebhookRequest) -> Void = { _ in }
    ) async throws -> Answer {
        let webhook = OutgoingWebhook(
            eventName: event,
            deliveryId: deliveryID,
            body: body,
            sentAt: Timestamp(milliseconds: (Int64(time(nil)) + secondsFromNow) * 1000)
        )
        let secret = try #require(Secret(reference: "test", bytes: Array(hook.secret.utf8)))
        let provider = try #require(ProviderCatalog.standard.named(hook.provider))
        var signed = try provider.request(for: webhook, secret: secret)
        tamper(&signed)
        var fields = HTTPHeaders(signed.headers.fields)
        for (name, value) in more { fields.replaceOrAdd(name: name, value: value) }
        let url = ingest + "/webhooks/\(hook.source)"
        return try await request("POST", url, headers: fields, body: signed.body)
    }

    /// Makes any request.
    func request(
        _ method: String,
        _ url: String,
        headers: HTTPHeaders = [:],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        request.headers = headers
        request.body = body.map { .bytes(ByteBuffer(bytes: $0)) }
        let response = try await Self.client.execute(request, timeout: .seconds(30))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return Answer(
            status: Int(response.status.code),
            headers: response.headers,
            body: String(buffer: bytes)
        )
    }

    /// An HTTP answer.
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: String

        /// The ids of the events, if a delivery was taken.
        var events: [Int64] { accepted?.events ?? [] }

        /// The id of the delivery, if one was taken.
        var delivery: Int64? { accepted?.delivery }

        private struct Accepted: Decodable {
            var delivery: Int64?
            var events: [Int64]?
        }

        /// Nil for answers that are no JSON.
        private var accepted: Accepted? { try? JSONDecoder().decode(Accepted.self, from: Data(body.utf8)) }
    }
}

extension TemporaryFolder {
    /// Writes `forgewire.yml`.
    func writeConfiguration(_ text: String) throws {
        try text.write(toFile: path("forgewire.yml"), atomically: true, encoding: .utf8)
    }

    /// Reads the outbox as a user would, without the daemon's help.
    func query(_ sql: String) throws -> [Row] {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        let database = try DatabaseQueue(path: path("outbox.db"), configuration: configuration)
        defer { try? database.close() }  // a reader that cannot close changes no result
        return try database.read { try Row.fetchAll($0, sql: sql) }
    }

    /// The one number that a query gives.
    func count(_ sql: String) throws -> Int { try #require(try query(sql).first)[0] }
}

extension LineCollector {
    /// Collects the lines of a stream up to its end.
    fileprivate func read(_ stream: SubprocessOutputSequence) async throws {
        defer { end() }
        for try await line in stream.strings() { add(line) }
    }
}
