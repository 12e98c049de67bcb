import Events
import Foundation
import NIOHTTP1
import NIOSSL
import Testing
import TestKit

@testable import Dispatcher

/// A certificate that signs itself, made by the `openssl` command, which needs the library's package anyway.
private struct SelfSigned {
    let folder: TemporaryFolder
    var certificate: String { folder.path("certificate.pem") }
    var key: String { folder.path("key.pem") }

    init(host: String) throws {
        folder = try TemporaryFolder()
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes",
            ]
            + ["-days", "2", "-subj", "/CN=\(host)", "-addext", "subjectAltName=DNS:\(host)"]
            + ["-keyout", folder.path("key.pem"), "-out", folder.path("certificate.pem")]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "the openssl command made no certificate")
    }

    func context(maximum: TLSVersion? = nil) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
        )
        configuration.minimumTLSVersion = .tlsv1
        configuration.maximumTLSVersion = maximum
        return try NIOSSLContext(configuration: configuration)
    }
}

@Suite("TLS to endpoints", .timeLimit(.minutes(10)))
struct EndpointTLSTests {
    /// Runs one attempt at an HTTPS server, of which the certificate is for `endpoint.test`.
    private func outcome(
        host: String = "endpoint.test",
        isTrusted: Bool = true,
        maximum: TLSVersion? = nil
    ) async throws -> (error: (any Error)?, received: [EndpointServer.Request]) {
        let certificate = try SelfSigned(host: "endpoint.test")
        return try await EndpointServer.run([.ok], tls: try certificate.context(maximum: maximum)) { server in
            var settings = EndpointFixture.settings(port: server.port)
            settings.url = "https://\(host):\(server.port)/hooks"
            if isTrusted { settings.caFile = certificate.certificate }
            let runner = EndpointRunner(settings, clock: ManualClock().machineClock) {
                EndpointFixture.addresses(["127.0.0.1"])
            }
            let error = await EndpointFixture.error(of: runner)
            await runner.close()
            return (error, server.received)
        }
    }

    @Test("A certificate of a configured authority is trusted, for the name of the URL")
    func trusted() async throws {
        let (error, received) = try await outcome()
        #expect(error == nil)
        #expect(received.first?.headers["host"].first?.hasPrefix("endpoint.test:") == true)
    }

    @Test("A certificate for another name is not", arguments: ["other.test", "127.0.0.1"])
    func wrongName(_ host: String) async throws {
        let (error, received) = try await outcome(host: host)
        let text = try #require(error.map { "\($0)" })
        #expect(text == "cannot connect to 127.0.0.1: TLS failed: its certificate is for another host")
        #expect(received.isEmpty)
    }

    @Test("A certificate of an unknown authority is not")
    func untrusted() async throws {
        let (error, received) = try await outcome(isTrusted: false)
        let text = try #require(error.map { "\($0)" })
        #expect(text.hasPrefix("cannot connect to 127.0.0.1: TLS failed: its certificate is not trusted"))
        #expect(received.isEmpty)
    }

    @Test("Less than TLS 1.2 is refused, 1.2 is not")
    func version() async throws {
        let (error, received) = try await outcome(maximum: .tlsv11)
        let text = try #require(error.map { "\($0)" })
        #expect(text == "cannot connect to 127.0.0.1: TLS failed: it does not speak TLS 1.2 or later")
        #expect(received.isEmpty)
        #expect(try await outcome(maximum: .tlsv12).error == nil)
    }

    @Test("A server without TLS is told")
    func noTLS() async throws {
        try await EndpointServer.run([.ok]) { server in
            var settings = EndpointFixture.settings(port: server.port)
            settings.url = "https://127.0.0.1:\(server.port)/"
            let error = try #require(await EndpointFixture.outcome(settings))
            let reason = "closed by the endpoint during the handshake"
            #expect("\(error)" == "cannot connect to 127.0.0.1: TLS failed: \(reason)")
            #expect(server.received.isEmpty)
        }
    }

    @Test("A file of authorities that cannot be read fails the attempt, and names the file")
    func badCAFile() async throws {
        let folder = try TemporaryFolder()
        try Data("no certificate".utf8).write(to: folder.url.appending(path: "empty.pem"))
        for name in ["missing.pem", "empty.pem"] {
            var settings = EndpointFixture.settings(port: 9)
            settings.caFile = folder.path(name)
            let error = await EndpointFixture.outcome(settings) as? EndpointError
            #expect(error == .unusableCAFile(path: folder.path(name)))
        }
    }
}
