package import Events

/// Events and deliveries for tests, of every kind, with all fields set or with none.
package enum EventFactory {
    /// When the deliveries were received: 2026-11-21T20:00:00.123Z.
    package static let receivedAt = Timestamp(milliseconds: 1_795_291_200_123)

    private static let person = User(id: "21031067", username: "octocat")
    private static let robot = User(id: "7", username: "robot", isBot: true)
    private static let moment = Timestamp(milliseconds: 1_795_291_199_000)

    /// One event of every kind, with every field of the event JSON set.
    package static let populated: [any Event] = EventKind.allCases.map { populated($0) }

    /// One event of every kind, with no field set that may be left out.
    package static let bare: [any Event] = EventKind.allCases.map { bare($0) }

    /// An envelope, with every field set or with none.
    package static func envelope(_ kind: EventKind, isBare: Bool = false) -> EventEnvelope {
        EventEnvelope(
            kind: kind,
            provider: "github",
            source: "github",
            subject: isBare ? nil : "pull_request/2",
            deliveryId: "72d3162e-cc78-11e3-81ab-4c9367dc0958",
            receivedAt: receivedAt,
            occurredAt: isBare ? nil : moment,
            repository: isBare ? nil : repository,
            actor: isBare ? nil : person
        )
    }

    /// Bytes that cannot be compressed, always the same for one length.
    package static func noise(_ count: Int) -> [UInt8] {
        var random = SeededGenerator(seed: 1)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            let word = random.next()
            for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * shift))) }
        }
        return Array(bytes.prefix(count))
    }

    /// A delivery of one source.
    package static func delivery(
        _ deliveryId: String = "72d3162e-cc78-11e3-81ab-4c9367dc0958",
        source: String = "github",
        receivedAt: Timestamp = receivedAt,
        payload: [UInt8] = Array(#"{"zen":"Keep it logically awesome."}"#.utf8),
        problem: String? = nil,
        events: [any Event] = [populated(.pullRequest)]
    ) -> Delivery {
        Delivery(
            source: source,
            provider: "github",
            deliveryId: deliveryId,
            eventName: "pull_request",
            receivedAt: receivedAt,
            headers: #"{"user-agent":"GitHub-Hookshot/1"}"#,
            verifiedBy: "hmac-sha256 env:FORGEWIRE_GITHUB_SECRET",
            payload: payload,
            problem: problem,
            events: events
        )
    }

    /// An event of a kind with every field set.
    package static func populated(_ kind: EventKind) -> any Event {
        let envelope = envelope(kind)
        return switch kind {
        case .checkRun: CheckRunEvent(envelope: envelope, action: .completed, checkRun: checkRun)
        case .checkSuite: CheckSuiteEvent(envelope: envelope, action: .completed, checkSuite: checkSuite)
        case .comment: CommentEvent(envelope: envelope, action: .created, comment: comment)
        case .pullRequest: PullRequestEvent(envelope: envelope, action: .edited, pullRequest: pullRequest)
        case .pullRequestReview:
            PullRequestReviewEvent(
                envelope: envelope,
                action: .submitted,
                review: review,
                pullRequest: PullRequestReference(number: 2, id: "279147437", title: "Title", url: page)
            )
        case .push: PushEvent(envelope: envelope, push: Push(first: pushedRef, refs: [pushedRef, pushedRef]))
        case .unknown: UnknownEvent(envelope: envelope, action: "started")
        }
    }

    /// An event of a kind with nothing set that may be left out.
    package static func bare(_ kind: EventKind) -> any Event {
        let envelope = envelope(kind, isBare: true)
        return switch kind {
        case .checkRun:
            CheckRunEvent(envelope: envelope, action: .created, checkRun: CheckRun(status: .pending))
        case .checkSuite:
            CheckSuiteEvent(envelope: envelope, action: .requested, checkSuite: CheckSuite(status: .pending))
        case .comment: CommentEvent(envelope: envelope, action: .deleted, comment: Comment(type: .issue))
        case .pullRequest:
            PullRequestEvent(envelope: envelope, action: .opened, pullRequest: PullRequest(number: 2))
        case .pullRequestReview:
            PullRequestReviewEvent(
                envelope: envelope,
                action: .dismissed,
                review: PullRequestReview(state: .unknown),
                pullRequest: PullRequestReference(number: 2)
            )
        case .push: PushEvent(envelope: envelope, push: Push(first: PushedRef()))
        case .unknown: UnknownEvent(envelope: envelope, action: nil)
        }
    }

    private static let page = "https://github.example/acme/app/pull/2"
    private static let commit = "ec26c3e57ca3a959ca5aad62de7213c562f8c821"

    private static let repository = Repository(
        id: "186853002",
        fullName: "acme/app",
        isPrivate: false,
        url: "https://github.example/acme/app"
    )

    private static var pullRequest: PullRequest {
        var value = PullRequest(number: 2)
        value.id = "279147437"
        value.title = "Update the README"
        value.description = "With \"quotes\"\nand lines."
        value.author = person
        value.state = .closed
        value.merged = true
        value.draft = false
        value.isFork = false
        value.url = page
        value.head = PullRequest.Branch(ref: "changes", sha: commit, repository: "acme/app")
        value.base = PullRequest.Branch(ref: "main", sha: commit, repository: "acme/app")
        value.label = "bug"
        value.assignee = person
        value.reviewer = robot
        value.milestone = "1.0"
        value.previous = PullRequest.Previous(title: "Old", description: "Older", baseRef: "develop")
        value.before = commit
        value.after = commit
        value.mergeCommitSha = commit
        value.mergedAt = moment
        value.ambiguous = true
        return value
    }

    private static var review: PullRequestReview {
        var value = PullRequestReview(state: .approved)
        value.id = "237895671"
        value.author = person
        value.body = "Fine."
        value.commitSha = commit
        value.url = page
        value.submittedAt = moment
        return value
    }

    private static var comment: Comment {
        var value = Comment(type: .review)
        value.id = "492700400"
        value.body = "You are right."
        value.author = robot
        value.number = 2
        value.url = page
        value.threadId = "4927004"
        value.inReplyTo = "492700399"
        value.path = "README.md"
        value.line = 12
        value.commitSha = commit
        value.isSystem = true
        return value
    }

    private static var checkRun: CheckRun {
        var value = CheckRun(status: .completed)
        value.id = "128620228"
        value.name = "Octocoders-linter"
        value.externalId = "42"
        value.conclusion = .failure
        value.rawStatus = "completed"
        value.rawConclusion = "startup_failure"
        value.headSha = commit
        value.url = page
        value.checkSuiteId = "118578147"
        value.pullRequestNumbers = [2, 3]
        value.startedAt = moment
        value.completedAt = moment
        value.app = "octocoders"
        value.requestedActionId = "fix"
        return value
    }

    private static var checkSuite: CheckSuite {
        var value = CheckSuite(status: .completed)
        value.id = "118578147"
        value.conclusion = .success
        value.rawStatus = "completed"
        value.rawConclusion = "success"
        value.headSha = commit
        value.headBranch = "changes"
        value.url = page
        value.pullRequestNumbers = [2]
        value.app = "octocoders"
        return value
    }

    private static var pushedRef: PushedRef {
        var value = PushedRef()
        value.ref = "refs/heads/main"
        value.before = commit
        value.after = commit
        value.created = false
        value.deleted = false
        value.forced = true
        value.commitCount = 3
        value.headMessage = "Update the README"
        return value
    }
}
