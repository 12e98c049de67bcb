import Foundation
import Hummingbird
import Ingest
import Logging
import NIOCore
import ServiceLifecycle
import Settings
import Synchronization

/// The address for operators: health, readiness and metrics, for GET alone.
struct AdminServer: Service {
    let address: SocketAddressSetting
    let limits: ConnectionLimits
    let readiness: Readiness
    /// Renders the metrics as they are at that moment.
    let metrics: @Sendable () async -> String
    let logger: Logger
    /// Called with the address once it listens.
    let onListening: @Sendable (_ address: String) async -> Void

    private static let metricsContentType = "text/plain; version=0.0.4; charset=utf-8"

    func run() async throws {
        let router = Router()
        router.add(middleware: GetOnly())
        router.get("healthz") { _, _ in "ok\n" }
        router.get("readyz") { [readiness] _, _ in
            await readiness.isReady()
                ? answer(.ok, "ready\n") : answer(.serviceUnavailable, "not ready\n")
        }
        router.get("metrics") { [metrics] _, _ in
            answer(.ok, await metrics(), contentType: Self.metricsContentType)
        }
        let isListening = Atomic(false)
        // Hummingbird would say at `info` what this daemon says itself.
        var quiet = logger
        quiet.logLevel = .warning
        let application = Application(
            router: router,
            server: GuardedChannel.server(limits: limits),
            configuration: ApplicationConfiguration(address: bindAddress, serverName: nil),
            onServerRunning: { [logger, onListening, address] channel in
                // Without it, as for a socket that has just closed, nothing is accepted anyway.
                try? await AcceptPause.add(to: channel, address: "\(address)", logger: logger).get()
                isListening.store(true, ordering: .relaxed)
                await onListening(channel.localAddress?.port.map(address.withPort) ?? "\(address)")
            },
            logger: quiet
        )
        do {
            try await application.run()
        } catch {
            guard isListening.load(ordering: .relaxed) else {
                throw AdminError(address: "\(address)", cause: error)
            }
            throw error
        }
    }

    private var bindAddress: BindAddress {
        switch address {
        case .tcp(let host, let port): .hostname(host, port: port)
        case .unix(let path): .unixDomainSocket(path: path)
        }
    }
}

extension SocketAddressSetting {
    /// The address with the port that the system chose, if it was to choose one.
    fileprivate func withPort(_ port: Int) -> String {
        guard case .tcp(let host, _) = self else { return description }
        return SocketAddressSetting.tcp(host: host, port: port).description
    }
}

/// The admin address could not be opened.
struct AdminError: CustomStringConvertible, Error {
    let address: String
    let cause: any Error

    private var reason: String {
        guard let code = (cause as? IOError)?.errnoCode else { return "\(cause)" }
        // `strerror` returns a string that is alive until the next call in this thread; it is copied at once.
        return unsafe String(cString: strerror(code))
    }

    /// What was tried, why it failed and what to do.
    var description: String {
        "\(address) cannot be opened for health and metrics: \(reason); see admin.listen in the configuration"
    }
}

/// Answers every other method with 405, as no route changes anything.
private struct GetOnly<Context: RequestContext>: RouterMiddleware {
    @concurrent func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get else {
            return Response(status: .methodNotAllowed, headers: [.allow: "GET"])
        }
        return try await next(request, context)
    }
}

private func answer(
    _ status: HTTPResponse.Status,
    _ text: String,
    contentType: String = "text/plain; charset=utf-8"
) -> Response {
    Response(
        status: status,
        headers: [.contentType: contentType],
        body: ResponseBody(byteBuffer: ByteBuffer(string: text))
    )
}
