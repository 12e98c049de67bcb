import Glibc
import NIOCore
import NIOPosix

/// A socket that takes connections.
struct ListeningSocket: Sendable {
    let channel: any Channel
    /// Where it listens; the port is the real one.
    let address: ListenAddress

    /// Takes no further connection.
    func close() async {
        // An error says that it is closed already.
        try? await channel.close()
    }
}

/// Opens listening sockets.
struct SocketOpener: Sendable {
    /// How many connections the system keeps until they are accepted; it takes less if its own limit is
    /// lower.
    static let backlog: Int32 = 1024
    /// How many connections are taken each time that the event loop looks: with few, new ones wait for many
    /// rounds while others keep it busy.
    private static let connectionsPerTurn: UInt = 16
    /// The first and largest size of a read: a usual delivery has 24 kB.
    private static let readBytesFirst = 16 * 1024
    static let readBytesMax = 64 * 1024

    let group: any EventLoopGroup
    let initializer: ConnectionInitializer

    /// Listens on an address.
    ///
    /// - Throws: with the address, the reason and what to do.
    func open(_ address: ListenAddress, isIPv6Only: Bool) async throws(IngestError) -> ListeningSocket {
        switch address {
        case .tcp(let host, let port):
            let channel: any Channel
            do {
                channel = try await bootstrap("\(address)", isIPv6Only: isIPv6Only)
                    .bind(host: host, port: port).get()
            } catch {
                throw Self.explain(error, address: address)
            }
            return ListeningSocket(channel: channel, address: Self.address(of: channel))
        case .unix(let path):
            try await UnixSocketFile.clear(path: path, group: group)
            let channel: any Channel
            do {
                channel = try await bootstrap("\(address)").bind(unixDomainSocketPath: path).get()
            } catch {
                throw Self.explain(error, address: address)
            }
            let socket = ListeningSocket(channel: channel, address: address)
            do throws(IngestError) {
                try UnixSocketFile.open(path: path)
            } catch {
                await socket.close()
                throw error
            }
            return socket
        }
    }

    /// Takes over a socket that listens already.
    ///
    /// - Throws: if the descriptor is not such a socket.
    func adopt(_ descriptor: CInt) async throws(IngestError) -> ListeningSocket {
        var isListening: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        // The value has the size that is told, and both live as long as the call.
        let status = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &isListening, &size)
        guard status == 0, isListening != 0 else {
            throw IngestError(
                code: .notListening,
                message: "descriptor \(descriptor) is not a listening socket; check the socket unit"
            )
        }
        // Commands that are started later must not inherit it.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        do {
            let channel = try await bootstrap("descriptor \(descriptor)").withBoundSocket(descriptor).get()
            return ListeningSocket(channel: channel, address: Self.address(of: channel))
        } catch {
            throw IngestError(
                code: .bindFailed,
                message: "cannot use descriptor \(descriptor): \(error); check the socket unit",
                cause: error
            )
        }
    }

    private func bootstrap(_ name: String, isIPv6Only: Bool = false) -> ServerBootstrap {
        let initializer = initializer
        let reads = AdaptiveRecvByteBufferAllocator(
            minimum: 1024,
            initial: Self.readBytesFirst,
            maximum: Self.readBytesMax
        )
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                AcceptPause.add(to: channel, address: name, logger: initializer.shared.context.logger)
            }
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.maxMessagesPerRead, value: Self.connectionsPerTurn)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A client may close its side behind the request and still read the answer.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.recvAllocator, value: reads)
            // One read, then the other connections.
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try initializer.initialize(channel) }
            }
        guard isIPv6Only else { return bootstrap }
        let option = ChannelOptions.Types.SocketOption(level: .ipv6, name: .ipv6_v6only)
        return bootstrap.serverChannelOption(option, value: 1)
    }

    private static func address(of channel: any Channel) -> ListenAddress {
        guard let address = channel.localAddress else { return .unix(path: "") }
        if let host = address.ipAddress, let port = address.port { return .tcp(host: host, port: port) }
        return .unix(path: address.pathname ?? "")
    }

    private static func explain(_ error: any Error, address: ListenAddress) -> IngestError {
        let (code, reason): (IngestError.Code, String) =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE:
                (.addressInUse, "the address is in use; stop the other process or choose another address")
            case EADDRNOTAVAIL:
                (.addressNotAvailable, "this machine does not have the address; correct it")
            case EACCES, EPERM:
                (.permissionDenied, "not allowed; choose a port from 1024 on, or use a socket unit")
            default:
                error is SocketAddressError
                    ? (.addressNotAvailable, "the host name is unknown or the path too long; correct it")
                    : (.bindFailed, "\(error)")
            }
        return IngestError(code: code, message: "cannot listen on \(address): \(reason)", cause: error)
    }
}
