import Dispatcher
import Events
import FoundationEssentials
import ListenerKit
import Outbox
import Providers
package import Settings
import Signatures

/// A listener that the configuration enables, with all that running it needs.
package struct PlannedListener: Sendable {
    /// What the configuration says of it.
    package let settings: ListenerConfiguration

    private let secrets: ListenerSecrets
    private let listener: AnyListener?

    /// What runners need of the daemon they run in.
    struct Surroundings: Sendable {
        /// What makes every `webhook-id`.
        var webhookIDs: WebhookIDs
        /// What requests name as their sender.
        var userAgent: String
        /// The variables of the process.
        var variables: [String: String]
        var clock: MachineClock
        /// The room for commands.
        var room: ChildRoom
    }

    /// Plans a listener.
    ///
    /// - Parameters:
    ///   - settings: What the configuration says.
    ///   - secrets: What its references stand for.
    ///   - listener: The Swift listener of that name; nil for a command or an endpoint.
    init(_ settings: ListenerConfiguration, secrets: ListenerSecrets, listener: AnyListener?) {
        self.settings = settings
        self.secrets = secrets
        self.listener = listener
    }

    /// The kinds of event that it takes.
    var kinds: [EventKind] { listener?.kinds ?? EventKind.allCases }

    /// Which events it gets.
    var subscription: Subscription {
        Subscription(name: settings.name, kinds: kinds, filter: settings.filter)
    }

    /// How the outbox keeps it.
    var record: ListenerRecord {
        let target: ListenerTarget =
            switch settings.target {
            case .swift: .swift
            case .command: .command
            case .endpoint: .endpoint
            }
        return ListenerRecord(
            name: settings.name,
            kinds: kinds.filter { settings.filter.mayTake(kind: $0.rawValue) },
            target: target,
            ordering: LaneOrdering(settings.policy.ordering),
            longestWait: settings.policy.retry.max
        )
    }

    /// How the dispatcher runs it.
    ///
    /// - Parameters:
    ///   - surroundings: What its runner needs of the daemon.
    ///   - pause: Its pause, as the outbox has it.
    ///   - heldUntil: The end of its hold, as the outbox has it.
    /// - Returns: What the dispatcher wants to know.
    func registration(
        in surroundings: Surroundings,
        pause: ListenerPause?,
        heldUntil: Timestamp?
    ) -> ListenerRegistration {
        var registration = ListenerRegistration(
            name: settings.name,
            kinds: kinds,
            runner: runner(in: surroundings),
            policy: policy,
            pause: pause
        )
        registration.heldUntil = heldUntil
        return registration
    }

    private var policy: ListenerPolicy {
        var policy = ListenerPolicy(settings.policy)
        if case .endpoint(let endpoint) = settings.target {
            policy.rate = endpoint.rateLimit.map {
                RateLimit(attempts: $0.attempts, period: $0.unit.duration)
            }
        }
        return policy
    }

    private func runner(in surroundings: Surroundings) -> ListenerRunner {
        switch settings.target {
        case .swift:
            guard let listener else { preconditionFailure("a Swift listener is registered, as was checked") }
            return .inProcess(listener)
        case .command(let command):
            let settings = commandSettings(command)
            return .outside(revision: revision) {
                CommandRunner(
                    settings,
                    environment: surroundings.variables,
                    clock: surroundings.clock,
                    room: surroundings.room
                )
            }
        case .endpoint(let endpoint):
            let settings = endpointSettings(endpoint, surroundings)
            return .outside(revision: revision) { EndpointRunner(settings, clock: surroundings.clock) }
        }
    }

    private func commandSettings(_ command: CommandConfiguration) -> CommandSettings {
        CommandSettings(
            command: command.words,
            workingDirectory: command.workingDirectory,
            environment: Dictionary(secrets.environment.map { ($0.name, $0.text) }) { $1 },
            includesPayload: settings.payload,
            secrets: secrets.environment.filter(\.isSecret).map(\.text)
        )
    }

    private func endpointSettings(
        _ endpoint: EndpointConfiguration,
        _ surroundings: Surroundings
    ) -> EndpointSettings {
        var result = EndpointSettings(
            url: endpoint.url,
            webhookID: surroundings.webhookIDs.id,
            userAgent: surroundings.userAgent,
            concurrency: settings.policy.concurrency
        )
        result.headers = secrets.headers.map { ($0.name, $0.text) }
        let signer = WebhookSigner(usable: secrets.signingSecrets.compactMap(Secret.init))
        result.sign = { signer.fields(id: $0, sentAt: $1, body: $2) }
        result.caFile = endpoint.caFile
        let ranges = endpoint.allowAddresses
        result.allowedAddresses = { bytes in
            IPAddress(bytes: bytes).map { address in ranges.contains { $0.contains(address) } } ?? false
        }
        result.includesPayload = settings.payload
        return result
    }

    /// Another text whenever the target, a secret of it or its file of authorities is another.
    private var revision: String {
        var digest = SHA256.digest(of: Array("\(settings.target) \(settings.payload)".utf8))
        let concurrency = Array("\(settings.policy.concurrency)".utf8)
        let named = (secrets.headers + secrets.environment).flatMap { [$0.name, $0.text] }
        var parts = secrets.signingSecrets.map(\.bytes) + named.map { Array($0.utf8) } + [concurrency]
        if case .endpoint(let endpoint) = settings.target, let caFile = endpoint.caFile {
            // A file that cannot be read is told when the endpoint is used.
            parts.append(Array((try? Data(contentsOf: URL(filePath: caFile))) ?? Data()))
        }
        // Each part by its digest, so that none runs into the next.
        for part in parts { digest = SHA256.digest(of: digest + SHA256.digest(of: part)) }
        return Hexadecimal.encode(digest)
    }
}

extension ListenerPolicy {
    fileprivate init(_ policy: DispatchPolicy) {
        self.init(
            timeout: policy.timeout,
            concurrency: policy.concurrency,
            retry: .init(
                maxAttempts: policy.retry.maxAttempts,
                initial: policy.retry.initial,
                factor: policy.retry.factor,
                max: policy.retry.max
            )
        )
        ordering = LaneOrdering(policy.ordering)
        hold = policy.hold
        breaker.failures = policy.breaker.failures
        breaker.period = policy.breaker.period
        breaker.probe = policy.breaker.probe
    }
}

extension LaneOrdering {
    fileprivate init(_ ordering: DispatchPolicy.Ordering) {
        self =
            switch ordering {
            case .subject: .subject
            case .repository: .repository
            case .none: .none
            }
    }
}
