import Events
import ListenerKit
import Testing
import TestKit

@testable import Dispatcher

@Suite("Answers of endpoints", .timeLimit(.minutes(10)))
struct EndpointAnswerTests {
    @Test(
        "Every 2xx is delivered",
        arguments: ["200 OK", "201 Created", "202 Accepted", "204 No Content", "299 X"]
    )
    func success(_ status: String) async throws {
        let answer =
            status.hasPrefix("204")
            ? EndpointServer.Answer(text: "HTTP/1.1 204 No Content\r\n\r\n") : .status(status)
        #expect(try await EndpointFixture.outcome(of: answer) == nil)
    }

    @Test("An informational answer is not the answer")
    func informational() async throws {
        let answer = EndpointServer.Answer(
            text: "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n"
        )
        let error = try await EndpointFixture.outcome(of: answer) as? EndpointError
        #expect(error == .refused(answer: "500 Internal Server Error"))
    }

    @Test(
        "Any other status fails, with the beginning of the body",
        arguments: [
            ("400 Bad Request", "", "400 Bad Request"),
            ("404 Not Found", "<h1>no\n such</h1>", "404 Not Found: <h1>no such</h1>"),
            ("503 Whatever", "try\u{1B}[2J later", "503 Service Unavailable: try [2J later"),
            ("599 Odd", "", "599"),
        ]
    )
    func failure(_ status: String, _ body: String, _ text: String) async throws {
        let error = try #require(try await EndpointFixture.outcome(of: .status(status, body: body)))
        #expect("\(error)" == "the endpoint answered \(text)")
        #expect(error is EndpointError)
    }

    private static let long = String(repeating: "a", count: 300)

    @Test("A long body is cut")
    func longBody() async throws {
        let body = String(repeating: "é", count: 3000)
        let error = try #require(try await EndpointFixture.outcome(of: .status("500 Oops", body: body)))
        let quote = String(repeating: "é", count: 100)
        #expect("\(error)" == "the endpoint answered 500 Internal Server Error: \(quote)…")
    }

    @Test("A compressed body is not quoted")
    func compressed() async throws {
        let answer = EndpointServer.Answer.status("500 Oops", ["content-encoding: gzip"], body: "\u{1F}xyz")
        let error = try #require(try await EndpointFixture.outcome(of: answer))
        #expect("\(error)" == "the endpoint answered 500 Internal Server Error")
    }

    @Test("410 says that the endpoint wants no more, whatever else it says")
    func gone() async throws {
        let error = try await EndpointFixture.outcome(of: .status("410 Go", ["retry-after: 5"], body: "x"))
        #expect(error as? AttemptFailure == .unwanted("the endpoint answered 410 Gone"))
    }

    @Test(
        "With 429 and 503, Retry-After asks for time for the whole listener",
        arguments: ["429 Too Many Requests", "503 Service Unavailable"]
    )
    func busy(_ status: String) async throws {
        let answer = EndpointServer.Answer.status(status, ["retry-after: 120"])
        let error = try await EndpointFixture.outcome(of: answer) as? AttemptFailure
        #expect(error == .busy(for: .seconds(120), reason: "the endpoint answered \(status)"))
    }

    @Test("413 is permanent, whatever else it says: the event is as large the next time")
    func tooLarge() async throws {
        let answer = EndpointServer.Answer.status("413 Whatever", ["retry-after: 5"], body: "1 MiB at most")
        let error = try await EndpointFixture.outcome(of: answer) as? ListenerError
        #expect(error == .permanent("the endpoint answered 413 Payload Too Large: 1 MiB at most"))
    }

    @Test(
        "On any other answer but success, 410 and 413, Retry-After says when to come back with this event",
        arguments: ["302 Found", "400 Bad Request", "500 Internal Server Error"]
    )
    func retryAfter(_ status: String) async throws {
        let answer = EndpointServer.Answer.status(status, ["retry-after: 120", "location: /x"])
        guard
            case .retry(let delay, let reason) = try await EndpointFixture.outcome(of: answer)
                as? ListenerError
        else {
            Issue.record("no retry")
            return
        }
        #expect(delay == .seconds(120))
        #expect(reason.hasPrefix("the endpoint answered \(status)"))
    }

    @Test("A date in Retry-After is taken from now")
    func retryDate() async throws {
        let clock = ManualClock(now: Timestamp(milliseconds: 1_795_291_200_000))
        let answer = EndpointServer.Answer.status("503 X", ["retry-after: Sat, 21 Nov 2026 20:01:30 GMT"])
        let error = try await EndpointFixture.outcome(of: answer, clock: clock) as? AttemptFailure
        let reason = "the endpoint answered 503 Service Unavailable"
        #expect(error == .busy(for: .seconds(90), reason: reason))
    }

    @Test(
        "Retry-After that is nonsense or past is ignored",
        arguments: ["soon", "-1", "0", "Sun Nov  6 08:49:37 1994"]
    )
    func retryNonsense(_ value: String) async throws {
        let error = try await EndpointFixture.outcome(of: .status("503 X", ["retry-after: \(value)"]))
        #expect(error as? EndpointError == .refused(answer: "503 Service Unavailable"))
    }

    @Test(
        "A redirect is not followed",
        arguments: ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
    )
    func redirect(_ status: String) async throws {
        try await EndpointServer.run([.status(status, ["location: /elsewhere"]), .ok]) { server in
            let error = await EndpointFixture.outcome(EndpointFixture.settings(port: server.port))
            let answer = "\(status) (redirects are not followed; Location: /elsewhere)"
            #expect(error as? EndpointError == .refused(answer: answer))
            #expect(server.received.map(\.uri) == ["/hooks"])
        }
    }

    @Test(
        "A redirect's error says where it leads, harmless, bounded and without what may be secret",
        arguments: [
            ("https://b.example/hooks", "; Location: https://b.example/hooks"),
            ("https://me:hunter2@b.example/hooks?token=1#x", "; Location: https://b.example/hooks"),
            ("//me@you@b.example?x=/@", "; Location: //b.example"),
            ("/login?next=https://a.example/", "; Location: /login"),
            ("/mail/me@b.example", "; Location: /mail/me@b.example"),
            ("/services/0123456789abcdef", "; Location: /services/[redacted]"),
            ("/" + Self.long, "; Location: /\(Self.long.prefix(199))…"),
            ("?x=1", ""), ("", ""),
        ]
    )
    func location(_ location: String, _ text: String) async throws {
        try await EndpointServer.run([.status("301 Moved", ["location: \(location)"])]) { server in
            let settings = EndpointFixture.settings(port: server.port, path: "/services/0123456789abcdef")
            let error = await EndpointFixture.outcome(settings) as? EndpointError
            #expect(
                error == .refused(answer: "301 Moved Permanently (redirects are not followed\(text))")
            )
        }
    }

    @Test("An answer that repeats the request is not quoted with its secrets")
    func echo() async throws {
        let body = "/services/0123456789abcdef?token=hunter2hunter2 Bearer hunter3hunter3, hunter3hunter3"
        try await EndpointServer.run([.status("400 Bad Request", body: body)]) { server in
            var settings = EndpointFixture.settings(
                port: server.port,
                path: "/services/0123456789abcdef?token=hunter2hunter2"
            )
            settings.headers = [("authorization", "Bearer hunter3hunter3")]
            let error = try #require(await EndpointFixture.outcome(settings))
            let quote = "/services/[redacted]?[redacted] [redacted], [redacted]"
            #expect("\(error)" == "the endpoint answered 400 Bad Request: \(quote)")
        }
    }
}
