import Events
import NIOHTTP1
import Synchronization
import Testing
import TestKit

@testable import Dispatcher

@Suite("Requests to endpoints", .timeLimit(.minutes(10)))
struct EndpointRequestTests {
    @Test("An endpoint gets the event document by POST, with an id and the time")
    func delivered() async throws {
        try await EndpointServer.run([.ok]) { server in
            let clock = ManualClock()
            let settings = EndpointFixture.settings(port: server.port, path: "/hooks/a?token=x%2Fy")
            #expect(await EndpointFixture.outcome(settings, clock: clock) == nil)
            let request = try #require(server.received.first)
            #expect(request.method == .POST)
            #expect(request.uri == "/hooks/a?token=x%2Fy")
            #expect(request.body == EndpointFixture.json)
            #expect(request.headers["content-type"] == ["application/json"])
            #expect(request.headers["content-length"] == ["\(EndpointFixture.json.count)"])
            #expect(request.headers["user-agent"] == ["Forgewire/1.2.3"])
            #expect(request.headers["host"] == ["127.0.0.1:\(server.port)"])
            #expect(request.headers["webhook-id"] == ["msg_f00d_15_chat"])
            #expect(request.headers["webhook-timestamp"] == ["\(clock.now.milliseconds / 1000)"])
            #expect(!request.headers.contains(name: "webhook-signature"))
            #expect(!request.headers.contains(name: "forgewire-out-of-order"))
            #expect(!request.headers.contains(name: "cookie"))
            #expect(!request.headers.contains(name: "accept-encoding"))
        }
    }

    @Test("What is signed is the id, the time and the very body of the request")
    func signed() async throws {
        try await EndpointServer.run([.ok]) { server in
            let clock = ManualClock()
            var settings = EndpointFixture.settings(port: server.port)
            settings.sign = { id, sentAt, body in
                [
                    ("webhook-id", id), ("webhook-timestamp", "\(sentAt.milliseconds / 1000)"),
                    ("webhook-signature", "v1,\(sentAt.milliseconds):\(body.count) v1,second"),
                ]
            }
            #expect(await EndpointFixture.outcome(settings, clock: clock) == nil)
            let request = try #require(server.received.first)
            #expect(request.headers["webhook-id"] == ["msg_f00d_15_chat"])
            #expect(request.headers["webhook-timestamp"] == ["\(clock.now.milliseconds / 1000)"])
            let signature = "v1,\(clock.now.milliseconds):\(request.body.count) v1,second"
            #expect(request.headers["webhook-signature"] == [signature])
        }
    }

    @Test("An attempt after something that came later says so")
    func outOfOrder() async throws {
        try await EndpointServer.run([.ok]) { server in
            let attempt = EndpointFixture.attempt(isOutOfOrder: true)
            let settings = EndpointFixture.settings(port: server.port)
            #expect(await EndpointFixture.outcome(settings, attempt: attempt) == nil)
            #expect(server.received.first?.headers["forgewire-out-of-order"] == ["1"])
        }
    }

    @Test("The payload comes along if it is asked for")
    func payload() async throws {
        try await EndpointServer.run([.ok]) { server in
            var settings = EndpointFixture.settings(port: server.port)
            settings.includesPayload = true
            let attempt = EndpointFixture.attempt(payload: Array("{}".utf8))
            #expect(await EndpointFixture.outcome(settings, attempt: attempt) == nil)
            let body = try #require(server.received.first?.body)
            #expect(String(decoding: body, as: UTF8.self) == #"{"id":15,"schema":1,"payload":"{}"}"#)
        }
    }

    @Test("Configured headers come along, also in place of the usual ones, but never for the connection's")
    func headers() async throws {
        try await EndpointServer.run([.ok]) { server in
            var settings = EndpointFixture.settings(port: server.port)
            settings.headers = [
                ("Authorization", "Bearer abc"), ("X-Team", "a"), ("x-team", "b"), ("User-Agent", "Ours/1"),
                ("Host", "evil.example"), ("Content-Length", "3"), ("Transfer-Encoding", "chunked"),
                ("Connection", "close"), ("Expect", "100-continue"), ("WebHook-Id", "msg_other"),
                ("webhook-signature", "v1,forged"), ("Forgewire-Out-Of-Order", "1"),
            ]
            #expect(await EndpointFixture.outcome(settings) == nil)
            let headers = try #require(server.received.first?.headers)
            #expect(headers["authorization"] == ["Bearer abc"])
            #expect(headers["x-team"] == ["a", "b"])
            #expect(headers["user-agent"] == ["Ours/1"])
            #expect(headers["host"] == ["127.0.0.1:\(server.port)"])
            #expect(headers["content-length"] == ["\(EndpointFixture.json.count)"])
            #expect(headers["webhook-id"] == ["msg_f00d_15_chat"])
            for name in [
                "transfer-encoding", "connection", "expect", "webhook-signature", "forgewire-out-of-order",
            ] {
                #expect(headers[name].isEmpty, "\(name)")
            }
        }
    }

    @Test("A header that is none fails the attempt without being told")
    func brokenHeader() async throws {
        try await EndpointServer.run([.ok]) { server in
            var settings = EndpointFixture.settings(port: server.port)
            settings.headers = [("X-Token", "hunter2\r\nX-Injected: 1")]
            let error = try #require(await EndpointFixture.outcome(settings) as? EndpointError)
            #expect(error == .failed(reason: "Invalid header field values"))
            #expect(server.received.isEmpty)
        }
    }

    @Test("Settings do not show what they hold")
    func redacted() {
        var settings = EndpointFixture.settings(port: 1, path: "/T0KEN")
        settings.headers = [("authorization", "Bearer abc")]
        #expect("\(settings)" == "EndpointSettings")
    }
}
