import Events
import NIOCore
import NIOHTTP1

/// Sets up the pipeline of a new connection, or turns the connection away.
struct ConnectionInitializer: Sendable {
    /// How many header fields a request may have.
    static let headerFieldsMax = 256

    let shared: ConnectionContext

    /// Called on the connection's event loop before it reads.
    func initialize(_ channel: any Channel) throws {
        let address = channel.remoteAddress?.ipAddress
        let client = ClientAddress(peer: address)
        let peer = Peer(
            address: address,
            isTrusted: shared.settings.trustedProxies.contains(peer: address),
            usage: shared.usages.take(client)
        )
        let usages = shared.usages
        channel.closeFuture.whenComplete { _ in usages.giveBack(peer.usage) }
        let now = channel.eventLoop.now
        let account = ConnectionAccount(budget: shared.budget, usage: peer.usage, now: now)
        let verdict = shared.registry.add(
            channel,
            client: client,
            isUnbound: peer.isTrusted || address == nil,
            account: account,
            at: now
        )
        switch verdict {
        case .served: try serve(channel, peer: peer, account: account)
        case .refused: try refuse(channel)
        case .cut:
            shared.metrics.countRefusedConnection()
            throw ChannelError.operationUnsupported
        }
    }

    private func serve(_ channel: any Channel, peer: Peer, account: ConnectionAccount) throws {
        let (metrics, registry) = (shared.metrics, shared.registry)
        metrics.record(connections: registry.count)
        channel.closeFuture.whenComplete { _ in
            registry.remove(channel)
            metrics.record(connections: registry.count)
        }
        let gate = InboundGate(account: account)
        let handler = ConnectionHandler(shared: shared, peer: peer, account: account, gate: gate)
        try channel.pipeline.syncOperations.addHandlers(gate, decoder(), handler)
    }

    /// Answers 503 without having read anything.
    private func refuse(_ channel: any Channel) throws {
        shared.metrics.countRefusedConnection()
        let registry = shared.registry
        channel.closeFuture.whenComplete { _ in registry.remove(channel) }
        var farewell = channel.allocator.buffer(capacity: AnswerWriter.capacity)
        AnswerWriter.write(
            .refused(.unavailable),
            connection: .close,
            date: shared.context.clock.now(),
            to: &farewell
        )
        try channel.pipeline.syncOperations.addHandler(
            LingerHandler(
                shared.context.patience,
                farewell: farewell,
                discardedBytesMax: LingerHandler.discardedBytesMaxWhenShort
            )
        )
    }

    private func decoder() -> ByteToMessageHandler<HTTPRequestDecoder> {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = shared.settings.limits.headerBytes
        limits.maxHeaderListSize = shared.settings.limits.headerBytes
        limits.maxHeaderFieldCount = Self.headerFieldsMax
        return ByteToMessageHandler(HTTPRequestDecoder(limitConfiguration: limits))
    }
}
