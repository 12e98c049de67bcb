import AsyncHTTPClient
import Daemon
import Foundation
import NIOCore
import NIOHTTP1

/// Hands changing commands to the daemon, by the outbox's control socket.
struct ControlClient {
    let socket: ControlSocket

    /// How long a command may work.
    private static let timeout = TimeAmount.hours(24)

    /// Bytes of an answer that are read: a thousand changes of types, and room to spare.
    private static let answerBytesMax = 8 << 20

    /// Says at once when nobody listens.
    private static var clientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    /// Has the daemon do something.
    ///
    /// - Returns: What it did; nil if no daemon listens there.
    /// - Throws: `CommandFailure` with what it says, or why it cannot be reached.
    func perform<Command: ControlRequest>(_ command: Command) async throws -> Command.Report? {
        guard socket.exists else { return nil }
        let body = try JSONEncoder().encode(command)
        guard let (status, answer) = try await post(body, to: "/v1/\(Command.name)") else { return nil }
        if status == 200, let report = try? JSONDecoder().decode(Command.Report.self, from: answer) {
            return report
        }
        let error = try? JSONDecoder().decode(AdministrationError.self, from: answer)
        throw CommandFailure(
            error?.message
                ?? "the daemon answers \(status): it does not know `forgewire \(Command.name)`; "
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
        } catch {
            throw CommandFailure(
                "the daemon at \(socket.path) did not answer: \(error); what it did so far stays, "
                    + "the same command does the rest"
            )
        }
    }
}
