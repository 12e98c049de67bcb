import NIOCore
import NIOPosix
import Synchronization

/// Asks the system for the addresses of one endpoint's host.
///
/// The system's call cannot be stopped, so that one that hangs keeps a thread. All who ask while it lasts
/// wait for the same answer: an endpoint has one such thread at most.
final class EndpointResolver: Sendable {
    private let host: String
    private let question = Mutex<EventLoopFuture<[SocketAddress]>?>(nil)

    init(host: String) {
        self.host = host
    }

    /// The host's addresses, those of IPv4 first; not waited for beyond the task's cancellation.
    ///
    /// IPv4 comes first because addresses are tried one after another: where a network promises IPv6 and does
    /// not keep it, that costs seconds, and where it has no IPv4, the system says so at once.
    ///
    /// - Throws: `EndpointError.unresolved`, or `CancellationError`.
    func addresses() async throws -> [EndpointAddress] {
        do {
            return try await answer().valueUnlessCancelled().compactMap { EndpointAddress($0) }
        } catch let error as SocketAddressError.UnknownHost {
            throw EndpointError.unresolved(host: host, reason: error.errorDescription)
        }
    }

    private func answer() -> EventLoopFuture<[SocketAddress]> {
        let (answer, isNew) = question.withLock { question in
            if let question { return (question, false) }
            let answer = ask()
            question = answer
            return (answer, true)
        }
        if isNew {
            answer.whenComplete { _ in
                self.question.withLock { if $0 === answer { $0 = nil } }
            }
        }
        return answer
    }

    private func ask() -> EventLoopFuture<[SocketAddress]> {
        let resolver = NIORandomizedDNSResolver(loop: MultiThreadedEventLoopGroup.singleton.any())
        // The question for IPv6 asks for both; the other one only gives the rest of its answer.
        let version6 = resolver.initiateAAAAQuery(host: host, port: 0)
        return resolver.initiateAQuery(host: host, port: 0).and(version6).map { $0 + $1 }
    }
}

extension EventLoopFuture where Value: Sendable {
    /// Waits for the value, but not beyond the task's cancellation; the work behind it goes on.
    fileprivate func valueUnlessCancelled() async throws -> Value {
        let promise = eventLoop.makePromise(of: Value.self)
        cascade(to: promise)
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            promise.fail(CancellationError())  // a promise keeps its first result
        }
    }
}
