import Events
import Foundation
import Hummingbird
import Ingest
import Logging
import NIOCore
import ServiceLifecycle

/// Answers changing commands at the outbox's control socket.
///
/// Without the socket the daemon serves all the same: that is told, and commands say what to do.
struct ControlServer: Service {
    let socket: ControlSocket
    let administration: OutboxAdministration
    let desk: DaemonDesk
    let limits: ConnectionLimits
    let logger: Logger
    /// Called once commands can reach it, or when it is known that they cannot.
    var onListening: @Sendable () -> Void = {}

    /// Bytes of a command, at most.
    private static let requestBytesMax = 64 * 1024

    private static let jsonContentType = "application/json"

    func run() async throws {
        if socket.isPossible {
            await serve()
        } else {
            tellUnreachable(socket.impossibleReason)
        }
        // Without a socket there is nothing to do, but a service that ends would end the daemon.
        try? await gracefulShutdown()  // fails only when the daemon ends in another way
        administration.stop()
    }

    private func serve() async {
        do {
            try socket.prepare()
            try await withGracefulShutdownHandler {
                try await application.run()
            } onGracefulShutdown: { [administration] in
                administration.stop()
            }
        } catch {
            tellUnreachable("\(error)")
        }
        socket.remove()
    }

    private func tellUnreachable(_ reason: String) {
        logger.error(
            "Commands that change something cannot reach this daemon: stop it before they are used",
            metadata: [LogKey.errorMessage: "\(reason)"]
        )
        onListening()
    }

    private var application: Application<RouterResponder<BasicRequestContext>> {
        // Hummingbird would say at `info` what this daemon says itself.
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let configuration = ApplicationConfiguration(
            address: .unixDomainSocket(path: socket.bindPath),
            serverName: nil
        )
        return Application(
            responder: router.buildResponder(),
            server: GuardedChannel.server(limits: limits),
            configuration: configuration,
            // Before the first connection is taken.
            onServerRunning: { channel in
                // Without it, as for a socket that has just closed, nothing is accepted anyway.
                try? await AcceptPause.add(to: channel, address: socket.path, logger: logger).get()
                publish()
            },
            logger: quiet
        )
    }

    private func publish() {
        do {
            try socket.publish()
            onListening()
        } catch {
            tellUnreachable("\(error)")
        }
    }

    private var router: Router<BasicRequestContext> {
        let router = Router()
        add(RedriveRequest.self, to: router)
        add(DiscardRequest.self, to: router)
        add(ReplayRequest.self, to: router)
        add(PauseRequest.self, to: router)
        add(ResumeRequest.self, to: router)
        add(PruneRequest.self, to: router)
        add(AdoptRequest.self, to: router)
        add(ReloadRequest.self, to: router)
        add(AddressesRequest.self, to: router)
        return router
    }

    private func add<Command: ControlRequest>(
        _ type: Command.Type,
        to router: Router<BasicRequestContext>
    ) {
        answer(type, in: router) { (command) async throws(AdministrationError) -> Command.Report in
            let report = try await command.perform(on: administration)
            if !command.dryRun { log(Command.name, report) }
            return report
        }
    }

    private func add<Command: DaemonRequest>(
        _ type: Command.Type,
        to router: Router<BasicRequestContext>
    ) {
        answer(type, in: router) { (command) async throws(AdministrationError) -> Command.Report in
            try administration.checkStopping()
            return try await command.perform(at: desk)
        }
    }

    private func answer<Command: ControlMessage>(
        _ type: Command.Type,
        in router: Router<BasicRequestContext>,
        by perform: @escaping @Sendable (Command) async throws(AdministrationError) -> Command.Report
    ) {
        router.post("v1/\(Command.name)") { request, _ in
            do throws(AdministrationError) {
                return try Self.answer(.ok, try await perform(try await Self.read(request)))
            } catch {
                return Self.refusal(error)
            }
        }
    }

    /// Who may connect may do anything with the outbox: what was done is on record.
    private func log(_ name: String, _ report: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        // What the answer has is known to be encodable.
        let result = (try? encoder.encode(report)).map { String(decoding: $0, as: UTF8.self) }
        logger.notice(
            "A command has changed the outbox",
            metadata: ["command": "\(name)", "result": "\((result ?? "").prefix(Self.loggedCharactersMax))"]
        )
    }

    private static let loggedCharactersMax = 300

    private static func read<Command: ControlMessage>(
        _ request: Request
    ) async throws(AdministrationError) -> Command {
        do {
            let body = try await request.body.collect(upTo: requestBytesMax)
            return try JSONDecoder().decode(Command.self, from: Data(body.readableBytesView))
        } catch {
            throw AdministrationError(
                .malformed,
                "the daemon cannot read the command: is it of another version?"
            )
        }
    }

    private static func answer(
        _ status: HTTPResponse.Status,
        _ value: some Encodable
    ) throws(AdministrationError) -> Response {
        do {
            let body = ByteBuffer(bytes: try JSONEncoder().encode(value))
            return Response(
                status: status,
                headers: [.contentType: jsonContentType],
                body: ResponseBody(byteBuffer: body)
            )
        } catch {
            throw AdministrationError(.unavailable, "the answer cannot be written: \(error)")
        }
    }

    private static func refusal(_ error: AdministrationError) -> Response {
        let status: HTTPResponse.Status =
            switch error.code {
            case .unknownEvent, .unknownListener: .notFound
            case .wrongListener, .resting: .conflict
            case .malformed: .badRequest
            case .invalidConfiguration: .unprocessableContent
            case .stopping, .unavailable: .serviceUnavailable
            }
        // Two texts can always be encoded.
        return (try? answer(status, error)) ?? Response(status: .internalServerError)
    }
}
