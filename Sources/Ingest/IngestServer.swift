package import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// The HTTP socket: takes deliveries to `/webhooks/<source>` and answers when they are committed.
package final class IngestServer: Sendable {
    private let settings: IngestSettings
    private let adopted: [CInt]
    private let drain: Duration
    private let onListening: @Sendable ([ListenAddress]) -> Void
    private let group: any EventLoopGroup
    private let shared: ConnectionContext
    private let state = Mutex(State())
    private let failures: AsyncStream<IngestError>
    private let failure: AsyncStream<IngestError>.Continuation

    private struct State {
        var sockets: [ListeningSocket] = []
        var isStopping = false
        var isBroken = false
    }

    /// Makes a server that does not listen yet.
    ///
    /// - Parameters:
    ///   - settings: The addresses and limits.
    ///   - adopting: Descriptors that were handed over and listen already; with any, no address is bound.
    ///   - drain: How long requests in progress may take when `run` ends.
    ///   - context: The sources, the sink and what else the requests meet.
    ///   - group: The event loops.
    package init(
        settings: IngestSettings,
        adopting: [CInt] = [],
        drain: Duration,
        context: IngestContext,
        group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton
    ) {
        self.settings = settings
        self.adopted = adopting
        self.drain = drain
        self.group = group
        shared = ConnectionContext(settings: settings, context: context)
        onListening = context.onListening
        (failures, failure) = AsyncStream.makeStream()
    }

    /// Whether every socket takes connections.
    package var isOpen: Bool {
        state.withLock { !$0.sockets.isEmpty && !$0.isStopping && !$0.isBroken }
    }

    /// How many connections there are.
    package var connectionCount: Int { shared.registry.count }

    /// The most bytes of requests and connections that there were since the last call.
    package func takeHighestUse() -> (bytes: Int, connections: Int) {
        (shared.budget.takeHighest(), shared.registry.takeHighestCount())
    }

    /// How many bytes of request bodies are in memory.
    package var inFlightBytes: Int { shared.budget.bytesHeld }

    /// Opens the sockets and serves.
    ///
    /// - Returns: Where it listens, with the real ports.
    /// - Throws: if one of the sockets cannot be opened; then none is.
    @discardableResult
    package func start() async throws(IngestError) -> [ListenAddress] {
        let initializer = ConnectionInitializer(shared: shared)
        let opener = SocketOpener(group: group, initializer: initializer)
        var sockets: [ListeningSocket] = []
        do throws(IngestError) {
            for descriptor in adopted { sockets.append(try await opener.adopt(descriptor)) }
            for address in adopted.isEmpty ? settings.listen : [] {
                sockets.append(try await opener.open(address, isIPv6Only: settings.isIPv6Only(address)))
            }
        } catch {
            for socket in sockets { await socket.close() }
            throw error
        }
        let opened = sockets
        state.withLock { $0.sockets = opened }
        for socket in opened { watch(socket) }
        return opened.map(\.address)
    }

    /// Takes no further connection, lets requests in progress finish and those come that may be on their way,
    /// and cuts what is left when the time is over.
    package func stop(within limit: Duration) async {
        let sockets = state.withLock { state in
            state.isStopping = true
            defer { state.sockets = [] }
            return state.sockets
        }
        await close(sockets)
        let registry = shared.registry
        for channel in registry.stop() {
            channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.stop)
        }
        let cut = group.any().scheduleTask(in: TimeAmount(limit)) { registry.cut() }
        await registry.drained()
        cut.cancel()
    }

    /// Closes the sockets behind the last connection that was accepted.
    ///
    /// SwiftNIO drops a connection that is still being set up when its server socket closes. So first nothing
    /// more is accepted (what waits in a socket that somebody else holds as well is left to its next owner).
    /// Then each event loop does what it has to do for those that were: three steps, from one loop to another
    /// and back.
    private func close(_ sockets: [ListeningSocket]) async {
        // Errors say that the socket, or the loop, is gone already.
        for socket in sockets {
            socket.channel.pipeline.fireUserInboundEventTriggered(AcceptPause.Stop())
            try? await socket.channel.setOption(.autoRead, value: false).get()
        }
        for _ in 0..<Self.loopsToSetUp {
            for loop in group.makeIterator() { try? await loop.submit {}.get() }
        }
        for socket in sockets { await socket.close() }
    }

    private static let loopsToSetUp = 3

    /// Notices when a socket closes that should be open.
    private func watch(_ socket: ListeningSocket) {
        socket.channel.closeFuture.whenComplete { [weak self] _ in
            guard let self else { return }
            let isUnexpected = state.withLock { state in
                if !state.isStopping { state.isBroken = true }
                return !state.isStopping
            }
            guard isUnexpected else { return }
            let message = "\(socket.address) takes no connections any more; restart the daemon"
            failure.yield(IngestError(code: .listenerClosed, message: message))
        }
    }
}

extension IngestServer: Service {
    /// Starts, serves until the graceful shutdown or the end of the task, and stops within the drain time.
    ///
    /// - Throws: `IngestError` if the sockets cannot be opened, or one of them closes by itself.
    package func run() async throws {
        onListening(try await start())
        let failure = failure
        let first = await withTaskCancellationOrGracefulShutdownHandler {
            await failures.first { _ in true }
        } onCancelOrGracefulShutdown: {
            failure.finish()
        }
        await stop(within: drain)
        if let first { throw first }
    }
}
