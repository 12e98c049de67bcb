import Events
import Testing

@Suite("The event JSON's exact text")
struct EventTextTests {
    private let author = User(id: "21031067", username: "octocat")

    @Test("Fields stand in the documented order, and what the provider does not say is null")
    func documentedExample() {
        var pullRequest = PullRequest(number: 2)
        pullRequest.id = "279147437"
        pullRequest.title = "Update the README"
        pullRequest.author = author
        pullRequest.state = .open
        pullRequest.merged = false
        pullRequest.draft = false
        pullRequest.isFork = false
        pullRequest.url = "https://github.example/acme/app/pull/2"
        pullRequest.head = PullRequest.Branch(ref: "changes", sha: "ec26", repository: "acme/app")
        pullRequest.base = PullRequest.Branch(ref: "main", sha: "f95f", repository: "acme/app")
        let event = PullRequestEvent(envelope: envelope(), action: .opened, pullRequest: pullRequest)

        let lines = [
            #"{"id":15,"schema":1,"kind":"pull_request","action":"opened","provider":"github","#,
            #""source":"github","subject":"pull_request/2","#,
            #""deliveryId":"72d3162e-cc78-11e3-81ab-4c9367dc0958","receivedAt":"2026-11-21T20:00:00.123Z","#,
            #""occurredAt":"2026-11-21T19:59:59.000Z","#,
            #""repository":{"id":"186853002","fullName":"acme/app","isPrivate":false,"#,
            #""url":"https://github.example/acme/app"},"#,
            #""actor":{"id":"21031067","username":"octocat","isBot":false},"#,
            #""pullRequest":{"number":2,"id":"279147437","title":"Update the README","description":null,"#,
            #""author":{"id":"21031067","username":"octocat","isBot":false},"state":"open","merged":false,"#,
            #""draft":false,"isFork":false,"url":"https://github.example/acme/app/pull/2","#,
            #""head":{"ref":"changes","sha":"ec26","repository":"acme/app"},"#,
            #""base":{"ref":"main","sha":"f95f","repository":"acme/app"}}}"#,
        ]
        #expect(EventJSON(event).text(id: 15) == lines.joined())
    }

    @Test("An event that is not stored yet has the id 0")
    func idOfUnstoredEvent() {
        let event = UnknownEvent(envelope: envelope(.unknown), action: nil)
        #expect(event.id == 0)
        #expect(event.json.hasPrefix(#"{"id":0,"schema":1,"kind":"unknown","action":null,"#))
    }

    @Test("Details that only some events have are left out where there are none")
    func detailsAreLeftOut() {
        let event = PullRequestEvent(
            envelope: envelope(),
            action: .opened,
            pullRequest: PullRequest(number: 1)
        )
        for name in ["label", "assignee", "previous", "mergedAt", "ambiguous"] {
            #expect(!event.json.contains("\"\(name)\""))
        }
    }

    private func envelope(_ kind: EventKind = .pullRequest) -> EventEnvelope {
        EventEnvelope(
            kind: kind,
            provider: "github",
            source: "github",
            subject: "pull_request/2",
            deliveryId: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            receivedAt: Timestamp(milliseconds: 1_795_291_200_123),
            occurredAt: Timestamp(milliseconds: 1_795_291_199_000),
            repository: Repository(
                id: "186853002",
                fullName: "acme/app",
                isPrivate: false,
                url: "https://github.example/acme/app"
            ),
            actor: author
        )
    }
}
