import Testing

@testable import Settings

@Suite("Event filters")
struct EventFilterTests {
    @Test("A filter that says nothing takes everything, events without action or repository included")
    func everything() {
        let filter = EventFilter()
        #expect(filter.isTaken(kind: "push", action: nil, repository: nil, values: unasked))
        #expect(filter.isTaken(kind: "x", action: "y", repository: "z", values: unasked))
        #expect(filter.takesShare(deliveryDigestPrefix: .max))
    }

    @Test(
        "A pattern takes its kind, and its action where it names one",
        arguments: [
            ("push", "push", "pushed", true), ("push", "comment", "created", false),
            ("pull_request.closed", "pull_request", "closed", true),
            ("pull_request.closed", "pull_request", "opened", false),
            ("pull_request.closed", "pull_request", nil, false),
            ("pull_request.closed", "pull_request_review", "closed", false),
            ("pull_request.*", "pull_request", "opened", true), ("*", "unknown", nil, true),
            ("unknown.git.pullrequest.created", "unknown", "git.pullrequest.created", true),
        ]
    )
    func patterns(text: String, kind: String, action: String?, isTaken: Bool) throws {
        let kinds = Array(Subject.vocabulary.kinds.keys)
        let pattern = try ValueParser<EventPattern>.eventPattern(kinds: kinds, taken: nil).parse(text)
        #expect(pattern.matches(kind: kind, action: action) == isTaken)
    }

    @Test(
        "The share is the digest's remainder of a hundred",
        arguments: [
            (0, UInt64(0), false), (1, 0, true), (1, 100, true), (1, 1, false), (50, 149, true),
            (50, 150, false),
            (99, 99, false), (100, 99, true), (100, .max, true),
        ]
    )
    func share(percent: Int, prefix: UInt64, isTaken: Bool) {
        let filter = EventFilter(percent: percent)
        #expect(filter.takesShare(deliveryDigestPrefix: prefix) == isTaken)
        #expect(filter.isTaken(kind: "push", action: nil, repository: nil, values: unasked))
    }

    @Test(
        "A filter takes the sources that it names, or all",
        arguments: [
            (["*"], nil, true), (["hub"], "hub", true), (["hub"], "lab", false), (["hub"], nil, false),
        ] as [([String], String?, Bool)]
    )
    func sources(names: [String], source: String?, isTaken: Bool) {
        let filter = EventFilter(sources: names)
        #expect(
            filter.matches(kind: "push", action: nil, repository: nil, source: source, values: unasked)
                == isTaken
        )
    }

    @Test("All filters must agree")
    func conjunction() {
        let filter = EventFilter(on: [.kind("push")], repositories: [RepositoryPattern("acme/*")])
        #expect(filter.isTaken(kind: "push", action: "pushed", repository: "acme/app", values: unasked))
        #expect(!filter.isTaken(kind: "push", action: "pushed", repository: "other/app", values: unasked))
        #expect(!filter.isTaken(kind: "comment", action: "created", repository: "acme/app", values: unasked))
    }

    @Test("Every condition must hold, and none is looked at before kind and repository agree")
    func conditions() {
        let filter = EventFilter(
            on: [.kind("push")],
            conditions: [
                FieldCondition(FieldPath("a"), anyOf: [.text("1")]),
                FieldCondition(FieldPath("b"), anyOf: [.text("2")]),
            ]
        )
        let values = ["a": ["1"], "b": ["2"]]
        let taken = filter.isTaken(kind: "push", action: nil, repository: nil) { values["\($0)"] }
        #expect(taken)
        let half = ["a": ["1"], "b": ["1"]]
        #expect(!filter.isTaken(kind: "push", action: nil, repository: nil) { half["\($0)"] })
        #expect(!filter.isTaken(kind: "comment", action: nil, repository: nil, values: unasked))
    }

    @Test("An event that cannot be read does not pass a condition, not even that a field is absent")
    func unreadable() {
        let filter = EventFilter(conditions: [FieldCondition(FieldPath("a"), anyOf: [.absent])])
        #expect(filter.isTaken(kind: "push", action: nil, repository: nil) { _ in [] })
        #expect(!filter.isTaken(kind: "push", action: nil, repository: nil) { _ in nil })
    }

    private func unasked(_ path: FieldPath) -> [String]? {
        Issue.record("nobody should ask for \(path)")
        return nil
    }
}

@Suite("Repository patterns")
struct RepositoryPatternTests {
    @Test(
        "A glob covers the whole name",
        arguments: [
            ("acme/*", "acme/app", true), ("acme/*", "ACME/App", true), ("ACME/*", "acme/app", true),
            ("acme/*", "acme/group/app", false), ("acme/**", "acme/group/app", true),
            ("acme/**", "acme/app", true),
            ("acme/*", "acme2/app", false), ("acme/*", "xacme/app", false), ("*/app", "acme/app", true),
            ("*/app", "acme/apps", false), ("**/app", "a/b/app", true), ("*/app", "a/b/app", false),
            ("acme/app", "acme/app", true), ("acme/app", "acme/ap", false), ("acme/a?p", "acme/abp", true),
            ("acme?app", "acme/app", false), ("acme/*-web-*", "acme/x-web-web-y", true),
            ("acme/*", "acme/", true),
            ("**", "a/b/c", true), ("*", "a/b/c", true), ("***", "a/b", true),
            ("acme/[ab]", "acme/[ab]", true),
            ("", "", true), ("acme/a.p", "acme/abp", false), ("acme/?", "acme/é", true),
            ("acme/É", "acme/é", false), ("a/*?*", "a/b", true), ("a/*?*", "a/", false),
        ]
    )
    func glob(pattern: String, name: String, isTaken: Bool) {
        #expect(RepositoryPattern(pattern).matches(name) == isTaken)
    }

    @Test("Only a lone star takes an event without a repository")
    func without() {
        #expect(RepositoryPattern("*").matches(nil))
        #expect(RepositoryPattern("**").matches(nil))
        #expect(!RepositoryPattern("*/*").matches(nil))
        #expect(!RepositoryPattern("acme/*").matches(nil))
    }

    @Test("A pattern made of stars takes no time to fail")
    func noBacktracking() {
        let pattern = RepositoryPattern(String(repeating: "*a", count: 100) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 255)))
    }
}

extension EventFilter {
    /// Whether an event of some source passes.
    fileprivate func isTaken(
        kind: String,
        action: String?,
        repository: String?,
        values: (FieldPath) -> [String]?
    ) -> Bool {
        matches(kind: kind, action: action, repository: repository, source: "hub", values: values)
    }
}
