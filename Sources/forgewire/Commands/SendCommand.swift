import ArgumentParser
import AsyncHTTPClient
import Daemon
import Events
import Foundation
import NIOCore
import NIOHTTP1
import Providers
import Settings
import Signatures

/// `forgewire send`: posts a signed payload.
struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Signs a payload as a source's provider would, and posts it.",
        discussion: """
            Prints the status and the answer. Each call has a delivery id of its own, unless the provider's \
            bodies hold it and a file has one; give the same --delivery-id twice to see what a redelivery \
            does.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "The configured source to send to.")
    var source: String?

    @Option(help: "The provider's name of the event, such as pull_request; a sample has its own.")
    var event: String?

    @Option(help: "A sample payload; see --list-samples.")
    var sample: String?

    @Argument(help: "A file with the payload, - for standard input.")
    var file: String?

    @Option(help: "Where to post; by default the source's URL where the daemon listens, or would listen.")
    var url: String?

    @Option(help: "The provider's id of the delivery; by default a new one.")
    var deliveryID: String?

    @Flag(help: "List the sample payloads of the source's provider, or of all providers.")
    var listSamples = false

    /// How long the daemon may take to answer.
    private static let timeoutSeconds: Int64 = 30

    /// How long the connection may take, and how long nothing may come of an answer: a daemon that hangs is
    /// told of within ten seconds.
    private static let connectTimeout = TimeAmount.seconds(3)
    private static let silenceTimeout = TimeAmount.milliseconds(6500)

    /// Bytes of an answer that are read; those of forgewire are far shorter.
    private static let answerBytesMax = 64 * 1024

    /// Says at once when nobody listens, and follows no redirect, as no provider does.
    private static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout = HTTPClient.Configuration.Timeout(
            connect: connectTimeout,
            read: silenceTimeout,
            write: silenceTimeout
        )
        return configuration
    }

    func validate() throws {
        if listSamples { return }
        guard source != nil else { throw ValidationError("--source is missing: which source is this for?") }
        guard (file == nil) != (sample == nil) else {
            throw ValidationError("give either a file or --sample; --list-samples lists the samples")
        }
    }

    func run() async throws {
        if listSamples { return try printSamples() }
        let configuration = try options.load()
        let settings = try configured(source ?? "", configuration)
        guard let provider = ProviderCatalog.standard.named(settings.provider) else {
            throw CommandFailure("this version does not speak \(settings.provider)")
        }
        let (body, event) = try payload(provider)
        let listen = url == nil ? try await addresses(configuration) : []
        let target = try SendTarget(explicit: url, listen: listen, source: settings.name)
        let webhook = OutgoingWebhook(
            eventName: event,
            deliveryId: deliveryID ?? UUID().uuidString.lowercased(),
            body: body,
            keepsBody: sample == nil && deliveryID == nil,
            sentAt: MachineClock.system.now()
        )
        try await post(try signed(webhook, by: provider, settings, configuration), to: target)
    }

    /// Where the daemon takes deliveries: systemd may have given it other sockets than the configuration
    /// names.
    ///
    /// - Throws: `DaemonHangs`; whoever cannot be asked otherwise is taken to follow the configuration.
    private func addresses(_ configuration: Configuration) async throws -> [SocketAddressSetting] {
        let client = ControlClient(socket: ControlSocket(outboxPath: configuration.outbox.path))
        let report: AddressesRequest.Report?
        do {
            report = try await client.perform(AddressesRequest())
        } catch let error as DaemonHangs {
            throw error
        } catch {
            report = nil  // no permission, say, or another version
        }
        let open = report?.addresses.compactMap(\.setting) ?? []
        return open.isEmpty ? configuration.ingest.listen : open
    }

    private func printSamples() throws {
        let wanted = try source.map { try configured($0, options.load()).provider }
        var table = Table(["SAMPLE", "PROVIDER"])
        for provider in ProviderCatalog.standard.all where wanted == nil || wanted == provider.name {
            for sample in provider.samples { table.add([sample.name, provider.name]) }
        }
        for line in table.lines { StandardOutput.write(line) }
    }

    private func configured(_ name: String, _ configuration: Configuration) throws -> SourceConfiguration {
        if let source = configuration.source(named: name) { return source }
        let names = configuration.sources.map(\.name).joined(separator: ", ")
        throw CommandFailure("there is no source \"\(name)\"; configured are: \(names)")
    }

    private func payload(_ provider: any Provider) throws -> (body: [UInt8], event: String?) {
        if let sample {
            guard let found = provider.samples.first(where: { $0.name == sample }) else {
                throw CommandFailure(
                    "\(provider.name) has no sample \"\(sample)\"; see `forgewire send --list-samples`"
                )
            }
            return (found.body, event ?? found.event)
        }
        guard let file else { preconditionFailure("validate() saw to it that there is a file or a sample") }
        do {
            let input = file == "-" ? FileHandle.standardInput : try fileHandle(file)
            return (Array(try input.readToEnd() ?? Data()), event)
        } catch {
            throw CommandFailure("\(file) cannot be read: \(error.localizedDescription)")
        }
    }

    private func fileHandle(_ path: String) throws -> FileHandle {
        try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    }

    /// Signed with the first secret that can sign; unsigned where the source takes that and has none.
    private func signed(
        _ webhook: OutgoingWebhook,
        by provider: any Provider,
        _ source: SourceConfiguration,
        _ configuration: Configuration
    ) throws -> WebhookRequest {
        let resolver = SecretResolver(environment: ProcessInfo.processInfo.environment)
        let resolution = configuration.resolveSecrets(with: resolver) {
            ProviderCatalog.standard.fault(in: $0, of: $1)
        }
        let secrets = (resolution.sources[source.name] ?? []).compactMap(Secret.init)
        guard !secrets.isEmpty || source.allowUnsigned else {
            for problem in resolution.errors { StandardError.write(problem.description) }
            throw CommandExit.invalidConfiguration
        }
        var reason: SigningError?
        for secret in secrets {
            do throws(SigningError) {
                return try provider.request(for: webhook, secret: secret)
            } catch {
                reason = reason ?? error
            }
        }
        if let reason { throw CommandFailure("\(source.name): \(reason)") }
        return try provider.request(for: webhook, secret: nil)
    }

    private func post(_ webhook: WebhookRequest, to target: SendTarget) async throws {
        var request = HTTPClientRequest(url: target.url)
        request.method = .POST
        for field in webhook.headers.fields { request.headers.add(name: field.name, value: field.value) }
        // The client sends none to a Unix socket, although HTTP/1.1 demands one (RFC 9112 section 3.2).
        if target.isUnixSocket { request.headers.add(name: "Host", value: "localhost") }
        request.body = .bytes(ByteBuffer(bytes: webhook.body))
        let status: Int
        let answer: String
        do {
            (status, answer) = try await HTTPClient.withHTTPClient(configuration: Self.clientConfiguration) {
                let response = try await $0.execute(request, timeout: .seconds(Self.timeoutSeconds))
                let buffer = try await response.body.collect(upTo: Self.answerBytesMax)
                return (Int(response.status.code), String(buffer: buffer))
            }
        } catch {
            throw CommandFailure(
                "\(target.shownURL) does not answer: \(error); is `forgewire serve` running?"
            )
        }
        StandardOutput.write("\(status) \(answer)")
        guard (200...299).contains(status) else { throw CommandExit.failed }
    }
}
