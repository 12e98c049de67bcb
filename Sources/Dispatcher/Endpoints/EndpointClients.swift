import AsyncHTTPClient
import NIOCore
import NIOSSL
import Synchronization

/// The HTTP clients of one endpoint, one for each address that it has.
///
/// A client is told for good which address the host's name stands for, and resolves nothing: a connection,
/// new or used again, can only go to an address that was judged. `Host` and the name in TLS stay the URL's.
///
/// HTTP/1.1 alone: an attempt has a connection to itself then, so that concurrency counts connections, one
/// that hangs holds up no other, and what is given up is closed. Webhooks are too small and too few for more.
final class EndpointClients: Sendable {
    /// How long a connection may take to come about, TLS included.
    static let connectTimeoutSeconds = 5
    /// How many clients without a request are kept: more only means that names change their addresses.
    private static let idleClientsMax = 2

    private let target: EndpointTarget
    private let concurrency: Int
    private let caFile: String?
    private let idleTimeout: Duration
    private let isPermitted: @Sendable (EndpointAddress) -> Bool
    private let state = Mutex(State())

    private struct State {
        var entries: [EndpointAddress: Entry] = [:]
        var uses = 0
        var isClosed = false

        /// Takes a client that nobody uses and that is not among the last used ones out of the table.
        mutating func removeSurplus() -> HTTPClient? {
            let idle = entries.filter { $0.value.users == 0 }
            guard idle.count > idleClientsMax,
                let oldest = idle.min(by: { $0.value.lastUse < $1.value.lastUse })
            else { return nil }
            return entries.removeValue(forKey: oldest.key)?.client
        }
    }

    private struct Entry {
        let client: HTTPClient
        var users = 0
        var lastUse = 0
    }

    /// Makes no connection yet.
    ///
    /// - Parameters:
    ///   - target: The URL's host.
    ///   - concurrency: How many connections there may be.
    ///   - caFile: The authorities that are trusted; nil for the system's.
    ///   - idleTimeout: How long a connection is kept for the next attempt.
    ///   - isPermitted: Judges the address that a connection has in the end.
    init(
        target: EndpointTarget,
        concurrency: Int,
        caFile: String?,
        idleTimeout: Duration,
        isPermitted: @escaping @Sendable (EndpointAddress) -> Bool
    ) {
        self.target = target
        self.concurrency = concurrency
        self.caFile = caFile
        self.idleTimeout = idleTimeout
        self.isPermitted = isPermitted
    }

    deinit {
        // Not closed, which is a mistake of the owner: still no connection may be left behind.
        for entry in state.withLock({ $0.entries }).values { _ = entry.client.shutdown() }
    }

    /// How many clients there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// Uses the client that connects to one address.
    ///
    /// - Parameters:
    ///   - address: A permitted one.
    ///   - body: Uses the client until it returns.
    /// - Returns: What the body returns.
    /// - Throws: What the body throws, or `EndpointError`.
    func withClient<Value: Sendable>(
        for address: EndpointAddress,
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        let client = try take(address)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(client))
        } catch {
            result = .failure(error)
        }
        if let surplus = giveBack(address) { await Self.end(surplus) }
        return try result.get()
    }

    /// Ends all connections; requests under way fail, and so does every later one.
    func close() async {
        let clients = state.withLock { state in
            state.isClosed = true
            defer { state.entries = [:] }
            return state.entries.values.map(\.client)
        }
        for client in clients { await Self.end(client) }
    }

    private static func end(_ client: HTTPClient) async {
        try? await client.shutdown()  // fails only for a client that was ended before
    }

    private func take(_ address: EndpointAddress) throws(EndpointError) -> HTTPClient {
        if let client = try use(address, offering: nil) { return client }
        // Made outside the lock, because that may read a file.
        let made = try makeClient(address)
        do throws(EndpointError) {
            let client = try use(address, offering: made)
            if client !== made { _ = made.shutdown() }  // somebody else was faster
            return client ?? made
        } catch {
            _ = made.shutdown()
            throw error
        }
    }

    /// Counts a user of an address's client; nil if there is none and none is offered.
    private func use(_ address: EndpointAddress, offering made: HTTPClient?)
        throws(EndpointError) -> HTTPClient?
    {
        try state.withLock { state throws(EndpointError) in
            guard !state.isClosed else { throw .closed }
            guard var entry = state.entries[address] ?? made.map({ Entry(client: $0) }) else { return nil }
            state.uses += 1
            entry.users += 1
            entry.lastUse = state.uses
            state.entries[address] = entry
            return entry.client
        }
    }

    /// Ends a use; gives a client that is to be ended.
    private func giveBack(_ address: EndpointAddress) -> HTTPClient? {
        state.withLock { state in
            state.entries[address]?.users -= 1
            return state.removeSurplus()
        }
    }

    private func makeClient(_ address: EndpointAddress) throws(EndpointError) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        if let caFile { tls.trustRoots = .certificates(try Self.certificates(caFile)) }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(Int64(Self.connectTimeoutSeconds))),
            proxy: nil,
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool = .init(
            idleTimeout: TimeAmount(idleTimeout),
            concurrentHTTP1ConnectionsPerHostSoftLimit: concurrency
        )
        // The dispatcher repeats what fails, and later than the client would.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.tracing.tracer = nil  // a span would hold the whole URL
        if target.literal == nil { configuration.dnsOverride = [target.host: address.description] }
        configuration.http1_1ConnectionDebugInitializer = { [isPermitted] channel in
            Self.judge(channel, isPermitted)
        }
        return HTTPClient(eventLoopGroup: HTTPClient.defaultEventLoopGroup, configuration: configuration)
    }

    /// Judges a connection by the address that it really has, before a request can use it.
    private static func judge(_ channel: any Channel, _ isPermitted: (EndpointAddress) -> Bool)
        -> EventLoopFuture<Void>
    {
        guard let address = channel.remoteAddress.flatMap({ EndpointAddress($0) }) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(
                EndpointError.connectionLost(reason: "closed by the endpoint")
            )
        }
        guard isPermitted(address) else {
            channel.close(promise: nil)
            return channel.eventLoop.makeFailedFuture(EndpointError.internalAddress(address))
        }
        return channel.eventLoop.makeSucceededVoidFuture()
    }

    private static func certificates(_ path: String) throws(EndpointError) -> [NIOSSLCertificate] {
        do {
            let certificates = try NIOSSLCertificate.fromPEMFile(path)
            guard !certificates.isEmpty else { throw EndpointError.unusableCAFile(path: path) }
            return certificates
        } catch {
            throw .unusableCAFile(path: path)
        }
    }
}
