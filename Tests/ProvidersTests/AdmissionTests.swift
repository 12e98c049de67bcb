import Events
import Providers
import Signatures
import Testing

@Suite("Admission")
struct AdmissionTests {
    @Test(
        "JSON is read whatever the case and parameters of its media type",
        arguments: [
            "application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8",
            "application/json ;charset=utf-8", "application/vnd.github+json", "application/cloudevents+JSON",
        ]
    )
    func json(type: String) throws {
        let hook = try Hook()
        let request = try hook.request("ping", Array(#"{"zen":"x"}"#.utf8), ["Content-Type": type])
        #expect(try hook.delivery(request).problem == nil)
    }

    @Test(
        "Another media type, or none, is unsupported",
        arguments: [
            nil, "", "text/plain", "text/json", "application/xml", "application/jsonp", "application/",
            "json",
            "application/+json", "text/x+json", "multipart/form-data; boundary=x", ";",
            "application/json, text/plain",
        ] as [String?]
    )
    func unsupported(type: String?) throws {
        let hook = try Hook()
        let request = try hook.request("ping", Array(#"{"zen":"x"}"#.utf8), ["Content-Type": type])
        guard case .unsupportedMediaType = hook.source.admit(request) else {
            Issue.record("\(hook.source.admit(request))")
            return
        }
    }

    @Test("Who cannot authenticate does not learn that the media type is unsupported")
    func order() throws {
        let hook = try Hook()
        let fields: [String: String?] = ["Content-Type": "text/plain", "X-Hub-Signature-256": "sha256=00"]
        #expect(hook.isRefused(try hook.request("ping", [], fields)))
    }

    @Test("The JSON in a form's payload is read, and the form is kept as it was received")
    func form() throws {
        let hook = try Hook()
        let form = "a=1&payload=%7B%22action%22%3A%22d%C3%A9+%2B%22%2C%22sender%22%3A%7B%22id%22%3A7%7D%7D&b"
        let type = "Application/X-WWW-Form-Urlencoded; charset=utf-8"
        let delivery = try hook.delivery(try hook.request("gollum", Array(form.utf8), ["content-type": type]))
        let event = try #require(delivery.events.first as? UnknownEvent)
        #expect(event.action == "dé +")
        #expect(event.actor == User(id: "7", username: nil))
        #expect(delivery.payload == Array(form.utf8))
        #expect(delivery.problem == nil)
    }

    @Test(
        "A form without a payload is unsupported",
        arguments: ["", "a=1", "Payload=%7B%7D", "=payload", "{}"]
    )
    func formWithoutPayload(form: String) throws {
        let hook = try Hook()
        let type = "application/x-www-form-urlencoded"
        guard
            case .unsupportedMediaType = hook.source.admit(
                try hook.request("ping", Array(form.utf8), ["Content-Type": type])
            )
        else {
            Issue.record("taken: \(form)")
            return
        }
    }

    @Test(
        "A form with an empty payload is taken, as an unknown event with a problem",
        arguments: ["payload", "payload="]
    )
    func formWithEmptyPayload(form: String) throws {
        let hook = try Hook()
        let type = "application/x-www-form-urlencoded"
        let delivery = try hook.delivery(try hook.request("push", Array(form.utf8), ["Content-Type": type]))
        #expect(delivery.problem == "the payload is empty")
        #expect(delivery.events.map(\.kind) == [.unknown])
    }

    @Test(
        "A payload that is no object is taken, as one unknown event with a problem",
        arguments: [
            ("", "the payload is empty"),
            (" \n", "the payload is not JSON: the text is empty at byte 2"),
            ("{", "the payload is not JSON: the text ends too early at byte 1"),
            (#"{"a":1,}"#, "the payload is not JSON: expected a key in quotes at byte 7"),
            ("Hello, World!", "the payload is not JSON: expected a value at byte 0"),
            ("{}{}", "the payload is not JSON: text after the end at byte 2"),
            ("[]", "the payload is JSON, but not an object"),
            ("null", "the payload is JSON, but not an object"),
            (#""pull_request""#, "the payload is JSON, but not an object"),
            ("17", "the payload is JSON, but not an object"),
        ]
    )
    func unreadable(body: String, problem: String) throws {
        let delivery = try Hook().delivery("pull_request", body)
        #expect(delivery.problem == problem)
        #expect(delivery.events.map(\.kind) == [.unknown])
        #expect(delivery.eventName == "pull_request")
        #expect(delivery.deliveryId == Hook.deliveryId)
        #expect(delivery.payload == Array(body.utf8))
        #expect((delivery.events.first as? UnknownEvent)?.action == nil)
    }

    @Test("A byte order mark before the payload is stepped over")
    func byteOrderMark() throws {
        let delivery = try Hook().delivery("watch", "\u{FEFF}{\"action\":\"started\"}")
        #expect(delivery.problem == nil)
        #expect((delivery.events.first as? UnknownEvent)?.action == "started")
    }

    @Test("A delivery carries what the outbox needs")
    func delivery() throws {
        let hook = try Hook()
        let delivery = try hook.delivery("ping", #"{"zen":"x"}"#)
        #expect(delivery.source == "hook")
        #expect(delivery.provider == "github")
        #expect(delivery.receivedAt == hook.receivedAt)
        let event = try #require(delivery.events.first)
        #expect(event.source == "hook" && event.provider == "github")
        #expect(event.deliveryId == Hook.deliveryId && event.receivedAt == hook.receivedAt)
        #expect(event.id == 0 && event.envelope.schema == 1)
    }

    @Test("Admission is a pure function", arguments: GitHub().samples.map(\.name))
    func pure(name: String) throws {
        let sample = try #require(GitHub().samples.first { $0.name == name })
        let hook = try Hook()
        let request = try hook.request(sample.event, sample.body)
        let (first, second) = (try hook.delivery(request), try hook.delivery(request))
        #expect(first.events.map { $0.json } == second.events.map { $0.json })
        #expect(first.headers == second.headers && first.problem == second.problem)
    }

    private func labels(_ count: Int, description: String = "") throws -> Delivery {
        let labels = (0..<count).map { #"{"id":\#($0),"title":"l\#($0)"}"# }.joined(separator: ",")
        return try Hook(GitLab()).delivery(
            "Merge Request Hook",
            #"""
            {"object_kind":"merge_request",
             "object_attributes":{"iid":7,"action":"update","description":"\#(description)"},
             "changes":{"labels":{"previous":[],"current":[\#(labels)]}}}
            """#
        )
    }

    @Test("A delivery of very many changes makes a bounded number of events, and says so")
    func eventCount() throws {
        let most = try labels(Source.eventCountMax)
        #expect(most.events.count == Source.eventCountMax && most.problem == nil)
        let more = try labels(5000)
        #expect(more.events.count == Source.eventCountMax)
        #expect(more.problem == "only the first 256 of its events were made, more would be too much")
        let last = try #require(more.events.last as? PullRequestEvent)
        #expect(last.pullRequest.label == "l255")
    }

    @Test("Many events that each repeat a long text are bounded in all, and the first is always made")
    func eventBytes() throws {
        let long = String(repeating: "x", count: Source.eventBytesMax / 4)
        let some = try labels(8, description: long)
        #expect(some.events.count == 3)
        #expect(some.problem == "only the first 3 of its events were made, more would be too much")
        let longest = try labels(2, description: long + long + long + long)
        #expect(longest.events.count == 1 && longest.problem != nil)
        #expect(try labels(1, description: long + long + long + long).problem == nil)
    }

    @Test("A signed object is never read as a form, whatever type it is sent with")
    func disguised() throws {
        let hook = try Hook()
        let body = #"{"action":"created","comment":{"body":"&payload=%7B%22action%22%3A%22closed%22%7D&"}}"#
        for text in [body, " \n\(body)", "\u{FEFF}\(body)"] {
            let type = ["Content-Type": "application/x-www-form-urlencoded"]
            let request = try hook.request("issue_comment", Array(text.utf8), type)
            guard case .unsupportedMediaType = hook.source.admit(request) else {
                Issue.record("taken: \(text)")
                continue
            }
        }
    }

    @Test("A push of very many refs tells a bounded number of them, and says so")
    func refCount() throws {
        func pushed(_ count: Int) throws -> Delivery {
            let changes = (0..<count).map { #"{"ref":"refs/heads/\#($0)"}"# }.joined(separator: ",")
            let body = #"{"event_name":"repository_update","changes":[\#(changes)]}"#
            return try Hook(GitLab()).delivery("System Hook", body)
        }
        let most = try #require(pushed(10_000).events.first as? PushEvent)
        #expect(most.push.refs?.count == 10_000)
        let more = try pushed(10_001)
        #expect((more.events.first as? PushEvent)?.push.refs?.count == 10_000)
        #expect(more.problem == "it has 10001 refs, of which the first 10000 are told")
    }
}
