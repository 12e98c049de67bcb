import AsyncHTTPClient
import Daemon
import Foundation
import NIOCore
import NIOHTTP1

/// Hands commands to the daemon, by the outbox's control socket.
struct ControlClient {
    let socket: ControlSocket

    /// How long a command may work.
    private static let timeout = TimeAmount.hours(24)

    /// How long a daemon may be silent: while it works it sends a sign of life far more often.
    private static let silenceTimeout = TimeAmount.seconds(6)

    /// How long the connection may take; with the silence, well below ten seconds.
    private static let connectTimeout = TimeAmount.seconds(1)

    /// Bytes of an answer that are read: a thousand changes of types, and room to spare.
    private static let answerBytesMax = 8 << 20

    /// Says at once when nobody listens.
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

    /// Has the daemon do something.
    ///
    /// - Returns: What it did; nil if no daemon listens there.
    /// - Throws: `AdministrationError` with what it says, `DaemonHangs`, or `CommandFailure` with why it
    ///   cannot be reached.
    func perform<Command: ControlMessage>(_ command: Command) async throws -> Command.Report? {
        guard socket.exists else { return nil }
        let body = try JSONEncoder().encode(command)
        guard let (status, answer) = try await post(body, to: "/v1/\(Command.name)") else { return nil }
        if status == 200, let report = try? JSONDecoder().decode(Command.Report.self, from: answer) {
            return report
        }
        if let error = try? JSONDecoder().decode(AdministrationError.self, from: answer) { throw error }
        throw CommandFailure(
            "the daemon answers \(status): it does not know `forgewire \(Command.name)`; "
                + "is it of another version?"
        )
    }

    private func post(_ body: Data, to path: String) async throws -> (status: Int, answer: Data)? {
        let host = socket.path.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var request = HTTPClientRequest(url: "http+unix://\(host)\(path)")
        request.method = .POST
        // The client sends none to a Unix socket, although HTTP/1.1 demands one (RFC 9112 section 3.2).
        request.headers.add(name: "Host", value: "localhost")
        request.headers.add(name: "Content-Type", value: "application/json")
        // The daemon need not wait for another command on this connection.
        request.headers.add(name: "Connection", value: "close")
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            return try await HTTPClient.withHTTPClient(configuration: Self.clientConfiguration) {
                let response = try await $0.execute(request, timeout: Self.timeout)
                let buffer = try await response.body.collect(upTo: Self.answerBytesMax)
                return (Int(response.status.code), Data(buffer.readableBytesView))
            }
        } catch let error as IOError where error.errnoCode == ENOENT || error.errnoCode == ECONNREFUSED {
            return nil  // left behind by a daemon that ended, or gone since
        } catch let error as HTTPClientError where Self.isSilence(error) {
            throw DaemonHangs(socketPath: socket.path)
        } catch {
            throw CommandFailure(
                "the daemon at \(socket.path) did not answer: \(error); what it did so far stays, "
                    + "the same command does the rest"
            )
        }
    }

    private static func isSilence(_ error: HTTPClientError) -> Bool {
        [.readTimeout, .writeTimeout, .connectTimeout].contains(error)
    }
}

/// The daemon takes connections, or the system does for it, and says nothing.
struct DaemonHangs: CustomStringConvertible, Error {
    let socketPath: String

    /// What was tried and what to do.
    var description: String {
        "the daemon at \(socketPath) does not answer: it hangs or is stopped; what it did so far stays, and "
            + "it may still do the rest"
    }
}
