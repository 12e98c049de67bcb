import Events
import Providers
import Testing

@Suite("Gitea, Forgejo and Gogs identity")
struct GiteaIdentityTests {
    private func identity(_ dialect: Gitea.Dialect, _ fields: [(String, String)]) -> DeliveryIdentity {
        let request = WebhookRequest(
            headers: HeaderFields(fields.map { (name: $0.0, value: $0.1) }),
            body: [],
            receivedAt: Timestamp(milliseconds: 0)
        )
        return Gitea(dialect).identify(request, body: .missing)
    }

    private func identity(_ id: String?, _ name: String?) -> DeliveryIdentity {
        DeliveryIdentity(deliveryId: id, eventName: name)
    }

    @Test("They are the names in the configuration")
    func names() {
        #expect(Gitea.Dialect.allCases.map { Gitea($0).name } == ["forgejo", "gitea", "gogs"])
    }

    @Test("The forge's own headers come first, whatever the order")
    func precedence() {
        let fields = ["GitHub", "Gogs", "Gitea", "Forgejo"].flatMap {
            [("X-\($0)-Delivery", "id-\($0)"), ("X-\($0)-Event", "event-\($0)")]
        }
        #expect(identity(.forgejo, fields) == identity("id-Forgejo", "event-Forgejo"))
        #expect(identity(.gitea, fields) == identity("id-Gitea", "event-Gitea"))
        #expect(identity(.gogs, fields) == identity("id-Gogs", "event-Gogs"))
    }

    @Test("Without them those of the forge it descends from count, never GitHub's")
    func compatibility() {
        let gogs = [("X-Gogs-Delivery", "id"), ("X-Gogs-Event", "push"), ("X-GitHub-Event", "ping")]
        for dialect in Gitea.Dialect.allCases {
            #expect(identity(dialect, gogs) == identity("id", "push"))
            let gitHub = [("X-GitHub-Delivery", "id"), ("X-GitHub-Event", "push")]
            #expect(identity(dialect, gitHub) == identity(nil, nil))
        }
        let forgejo = [("X-Forgejo-Delivery", "id"), ("X-Forgejo-Event", "push")]
        #expect(identity(.gitea, forgejo) == identity(nil, nil))
        #expect(identity(.gogs, [("X-Gitea-Event", "push")]) == identity(nil, nil))
    }

    @Test("An event without a name is told by its type", arguments: ["", nil])
    func eventType(event: String?) {
        var fields = [("X-Gitea-Event-Type", "status"), ("X-Gogs-Event", "push")]
        if let event { fields.append(("X-Gitea-Event", event)) }
        #expect(identity(.gitea, fields).eventName == "status")
        #expect(identity(.forgejo, fields).eventName == "status")
        #expect(identity(.gitea, fields + [("X-Gitea-Event", "issues")]).eventName != "push")
    }

    @Test("Names, types and ids are kept, signatures never are")
    func keptHeaders() throws {
        #expect(Gitea(.gogs).keptHeaders == ["x-gogs-delivery", "x-gogs-event", "x-gogs-event-type"])
        #expect(
            Gitea(.gitea).keptHeaders.prefix(3) == [
                "x-gitea-delivery", "x-gitea-event", "x-gitea-event-type",
            ]
        )
        #expect(Gitea(.forgejo).keptHeaders.count == 10)
        #expect(Gitea(.gitea).keptHeaders.last == "x-gitea-hook-installation-target-type")
        let hook = try Hook(Gitea(.gitea))
        let headers = try hook.delivery("push", "{}").headers
        #expect(headers.contains("\"x-gitea-event\":\"push\""))
        #expect(!headers.contains("signature"))
    }

    @Test("A sent delivery has the event's type, where it is never the event's name")
    func sentTypes() throws {
        let names = [
            "push": "push", "pull_request_approved": "pull_request_review_approved",
            "pull_request_comment": "pull_request_review_comment",
            "pull_request_rejected": "pull_request_review_rejected",
        ]
        for (event, type) in names {
            let request = try Hook(Gitea(.forgejo)).request(event, Array("{}".utf8))
            #expect(request.headers.only("X-Forgejo-Event") == event)
            #expect(request.headers.only("X-Forgejo-Event-Type") == type)
            let gogs = try Hook(Gitea(.gogs)).request(event, Array("{}".utf8))
            #expect(gogs.headers.values("X-Gogs-Event-Type").isEmpty)
        }
    }
}
