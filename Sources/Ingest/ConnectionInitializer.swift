import NIOCore
import NIOHTTP1

/// Sets up the pipeline of a new connection, or turns the connection away.
struct ConnectionInitializer: Sendable {
    /// How many header fields a request may have.
    static let headerFieldsMax = 256

    let shared: ConnectionContext
    let registry: ConnectionRegistry

    /// Called on the connection's event loop before it reads.
    func initialize(_ channel: any Channel) throws {
        let address = channel.remoteAddress?.ipAddress
        switch registry.add(channel, address: address) {
        case .served: try serve(channel, address: address)
        case .refused: try refuse(channel)
        case .cut:
            shared.metrics.countRefusedConnection()
            throw ChannelError.operationUnsupported
        }
    }

    private func serve(_ channel: any Channel, address: String?) throws {
        let metrics = shared.metrics
        metrics.record(connections: registry.count)
        channel.closeFuture.whenComplete { _ in
            registry.remove(channel, address: address)
            metrics.record(connections: registry.count)
        }
        let gate = InboundGate(budget: shared.budget)
        let handler = ConnectionHandler(shared: shared, remoteAddress: address, gate: gate)
        try channel.pipeline.syncOperations.addHandlers(gate, decoder(), handler)
    }

    /// Answers 503 without having read anything.
    private func refuse(_ channel: any Channel) throws {
        shared.metrics.countRefusedConnection()
        channel.closeFuture.whenComplete { _ in registry.removeRefused(channel) }
        var farewell = channel.allocator.buffer(capacity: AnswerWriter.capacity)
        AnswerWriter.write(
            .refused(.unavailable),
            connection: .close,
            date: shared.context.clock(),
            to: &farewell
        )
        try channel.pipeline.syncOperations.addHandler(
            LingerHandler(shared.context.patience, farewell: farewell)
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
