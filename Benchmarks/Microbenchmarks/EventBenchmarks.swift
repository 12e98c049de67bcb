import Events
import Providers

/// The event JSON: written for the outbox, read for listeners that are called after a claim.
enum EventBenchmarks {
    static let all = [render, decode]

    private static let render = Microbenchmark(name: "event.render", count: 2000) { count in
        let event = try pullRequest()
        for _ in 0..<count { use(EventJSON(event).bytes(id: 1)) }
    }

    private static let decode = Microbenchmark(name: "event.decode", count: 400) { count in
        let json = Array(try pullRequest().json.utf8)
        for _ in 0..<count { use(try PullRequestEvent.decode(json: json)) }
    }

    static func pullRequest() throws -> PullRequestEvent {
        guard let event = try delivery("1").events.first as? PullRequestEvent else {
            throw MicrobenchmarkError("the sample is no pull request")
        }
        return event
    }

    /// A large delivery with a pull request.
    static func delivery(_ id: String) throws -> Delivery {
        let request = WebhookRequest(
            headers: HeaderFields([
                ("content-type", "application/json"), ("x-github-event", "pull_request"),
                ("x-github-delivery", id), ("user-agent", "GitHub-Hookshot/0000000"),
            ]),
            body: ProviderBenchmarks.largeBody(),
            receivedAt: Timestamp(milliseconds: 1_767_225_600_000)
        )
        let source = Source(
            name: "github",
            provider: GitHub(),
            secrets: [],
            policy: VerificationPolicy(allowsUnsigned: true)
        )
        guard case .authentic(let delivery) = source.admit(request) else {
            throw MicrobenchmarkError("the sample is not taken")
        }
        return delivery
    }
}
