import AsyncHTTPClient
package import Events
import NIOCore
import NIOHTTP1
import Synchronization

/// Delivers events to an HTTP endpoint, by POST.
///
/// The host's name is resolved for every attempt; addresses that are not permitted are left out before
/// anything is sent, and connections go to those that are left and to nothing else.
package final class EndpointRunner: AttemptRunner {
    private let settings: EndpointSettings
    private let clock: MachineClock
    private let target: EndpointTarget?
    private let clients: EndpointClients?
    private let addresses: @Sendable () async throws -> [EndpointAddress]
    /// The address that answered last: it has the connections that can be used again.
    private let preferred = Mutex<EndpointAddress?>(nil)

    /// How many of a name's addresses are tried.
    private static let addressesMax = 8
    /// How long an answer's body is read: its status is known, and only the connection's reuse is at stake.
    static let bodyTimeout = Duration.seconds(5)
    /// How much of an answer's body is kept: enough to quote from.
    private static let keptBytesMax = 4096

    /// Makes a runner that has no connection yet.
    ///
    /// - Parameters:
    ///   - settings: What to send, and where to.
    ///   - clock: The time of requests, and the bound of an answer that does not end.
    package convenience init(_ settings: EndpointSettings, clock: MachineClock) {
        let resolver = EndpointTarget(url: settings.url).map { EndpointResolver(host: $0.host) }
        self.init(settings, clock: clock) { try await resolver?.addresses() ?? [] }
    }

    /// Makes a runner with another way to resolve the host's name.
    ///
    /// - Parameters:
    ///   - settings: What to send, and where to.
    ///   - clock: The time.
    ///   - addresses: Resolves the name; not asked if the URL has an address.
    init(
        _ settings: EndpointSettings,
        clock: MachineClock,
        addresses: @escaping @Sendable () async throws -> [EndpointAddress]
    ) {
        self.settings = settings
        self.clock = clock
        self.addresses = addresses
        let isAllowed = settings.allowedAddresses
        target = EndpointTarget(url: settings.url)
        clients = target.map { target in
            EndpointClients(
                target: target,
                concurrency: settings.concurrency,
                caFile: settings.caFile,
                idleTimeout: settings.idleTimeout
            ) {
                Self.isPermitted($0, isAllowed)
            }
        }
    }

    /// Posts the event; see `AttemptRunner`.
    ///
    /// - Throws: `AttemptFailure.unwanted` or `.busy`, `ListenerError`, `CancellationError`, or
    ///   `EndpointError`.
    package func run(_ attempt: Attempt) async throws {
        guard let target, let clients else { throw EndpointError.unusableURL }
        let addresses = try await permittedAddresses(target)
        let body = try await eventDocument(attempt, includesPayload: settings.includesPayload)
        let request = EndpointRequest.make(attempt.dispatch, body: body, settings, sentAt: clock.now())
        // The client learns of a cancellation only when the request may be on its way.
        try Task.checkCancellation()
        let answer = try await post(request, to: addresses, clients, deadline: attempt.deadline.uptime)
        try answer.requireSuccess(now: clock.now(), without: settings.secrets)
    }

    /// Ends all connections, also those with a request under way, which then fails.
    package func close() async {
        await clients?.close()
    }

    private static func isPermitted(
        _ address: EndpointAddress,
        _ isAllowed: @Sendable ([UInt8]) -> Bool
    ) -> Bool {
        !InternalAddress.contains(address.bytes) || isAllowed(address.bytes)
    }

    /// The addresses to try, the one that answered last first.
    private func permittedAddresses(_ target: EndpointTarget) async throws -> [EndpointAddress] {
        let all = if let literal = target.literal { [literal] } else { try await addresses() }
        guard let first = all.first else {
            throw EndpointError.unresolved(host: target.host, reason: "the name has no address")
        }
        let permitted = all.filter { Self.isPermitted($0, settings.allowedAddresses) }
        guard !permitted.isEmpty else { throw EndpointError.internalAddress(first) }
        let preferred = preferred.withLock { $0 }
        let ordered = permitted.filter { $0 == preferred } + permitted.filter { $0 != preferred }
        return Array(ordered.prefix(Self.addressesMax))
    }

    /// Sends the request to the first address that can be connected to.
    private func post(
        _ request: HTTPClientRequest,
        to addresses: [EndpointAddress],
        _ clients: EndpointClients,
        deadline: Uptime
    ) async throws -> EndpointAnswer {
        var failure = EndpointError.unusableURL
        for address in addresses {
            do {
                return try await clients.withClient(for: address) { client in
                    // The attempt's deadline cancels the task, so the client needs none.
                    let response = try await client.execute(request, deadline: .distantFuture)
                    preferred.withLock { $0 = address }
                    return await read(response, deadline: deadline)
                }
            } catch {
                guard !Task.isCancelled else { throw CancellationError() }
                failure = EndpointError(error, at: address)
                guard failure.isBeforeRequest else { throw failure }
            }
        }
        throw failure
    }

    /// Reads what the answer has beside its status, which decides alone: a body that breaks off, is too long
    /// or does not end changes nothing, except that the connection is closed.
    private func read(_ response: HTTPClientResponse, deadline: Uptime) async -> EndpointAnswer {
        // Well before the deadline: the endpoint has taken the event, or not, and said so.
        let patience = min(Self.bodyTimeout, clock.uptime().duration(to: deadline) / 2)
        let body = await withTaskGroup(of: [UInt8]?.self) { group in
            group.addTask { [bytesMax = settings.responseBytesMax] in
                await Self.start(of: response.body, readingAtMost: bytesMax)
            }
            group.addTask { [clock] in
                try? await clock.sleep(max(.zero, patience))  // cancelled: the body is there
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            guard let first else { return await group.next() ?? nil }
            return first
        }
        let isCompressed = response.headers.contains(name: "content-encoding")
        return EndpointAnswer(
            status: response.status,
            retryAfter: response.headers["retry-after"].first,
            location: response.headers["location"].first,
            body: isCompressed ? [] : body ?? []
        )
    }

    /// The beginning of a body, of which more is read than is kept.
    private static func start(of body: HTTPClientResponse.Body, readingAtMost bytesMax: Int) async -> [UInt8]
    {
        var start: [UInt8] = []
        var count = 0
        do {
            for try await chunk in body {
                start += chunk.readableBytesView.prefix(keptBytesMax - start.count)
                count += chunk.readableBytes
                guard count <= bytesMax else { break }
            }
        } catch {
            // The body broke off, or its time is up: what came of it is there.
        }
        return start
    }
}
