import Events
import Providers
import Signatures

/// What happens to a delivery before the outbox: the signature, the payload's JSON, the events.
enum ProviderBenchmarks {
    /// About the size of the pull requests that GitHub sends.
    static let largeBytes = 23_600

    static let all = [signature, json] + ProviderCatalog.standard.all.map(admission) + [largeAdmission]

    private static let moment = Timestamp(milliseconds: 1_767_225_600_000)

    /// HMAC-SHA256 of a large body.
    private static let signature = Microbenchmark(name: "signature.hmac-sha256", count: 400) { count in
        let body = largeBody()
        let key = Array("benchmark-secret".utf8)
        for _ in 0..<count { use(HMACSHA256.code(of: body, key: key)) }
    }

    /// Reading the JSON of a large body.
    private static let json = Microbenchmark(name: "json.24kB", count: 400) { count in
        let body = largeBody()
        for _ in 0..<count { use(try JSONDocument(body)) }
    }

    /// A sample of a provider: authenticated, read and mapped to events.
    private static func admission(_ provider: any Provider) -> Microbenchmark {
        Microbenchmark(name: "admit.\(provider.name)", count: 1000) { count in
            // The provider's first sample is what it sends most.
            guard let sample = provider.samples.first else { return }
            try admit(sample.body, as: sample.event, by: provider, count: count)
        }
    }

    private static let largeAdmission = Microbenchmark(name: "admit.github.24kB", count: 400) { count in
        try admit(largeBody(), as: "pull_request", by: GitHub(), count: count)
    }

    private static func admit(_ body: [UInt8], as event: String?, by provider: any Provider, count: Int)
        throws
    {
        let secret = try secret(for: provider)
        let webhook = OutgoingWebhook(
            eventName: event,
            deliveryId: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            body: body,
            sentAt: moment
        )
        let request = try provider.request(for: webhook, secret: secret)
        let source = Source(name: "source", provider: provider, secrets: [secret])
        for _ in 0..<count {
            guard case .authentic(let delivery) = source.admit(request) else {
                throw MicrobenchmarkError("\(provider.name) does not take its own sample")
            }
            use(delivery)
        }
    }

    /// A secret of the form that the provider asks for.
    private static func secret(for provider: any Provider) throws -> Secret {
        for text in ["benchmark-secret", "user:password", "whsec_YmVuY2htYXJrLXNlY3JldC1vZi0zMi1ieXRlcyE="] {
            guard let secret = Secret(reference: "env:SECRET", bytes: Array(text.utf8)) else { continue }
            if provider.fault(in: secret, policy: VerificationPolicy()) == nil { return secret }
        }
        throw MicrobenchmarkError("\(provider.name) takes none of the secrets")
    }

    /// A pull request as large as GitHub's are: most of it is what no event has a field for.
    static func largeBody() -> [UInt8] {
        guard let sample = GitHub().samples.first(where: { $0.name == "pull_request.opened" }) else {
            return []
        }
        let user = #"{"login":"octocat","id":21031067,"url":"https://api.example/users/octocat"}"#
        var body = Array(#"{"_links":["#.utf8)
        var number = 0
        while body.count + sample.body.count < largeBytes {
            body += Array("\(number == 0 ? "" : ",")\(user)".utf8)
            number += 1
        }
        return body + Array("],".utf8) + sample.body.dropFirst()
    }
}

/// A benchmark cannot run.
struct MicrobenchmarkError: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
