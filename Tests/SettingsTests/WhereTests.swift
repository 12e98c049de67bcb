import Testing

@testable import Settings

@Suite("The conditions of where")
struct WhereTests {
    private func conditions(_ lines: String, on: String = "'*'") throws -> [FieldCondition]? {
        try Subject.listener("where: {\(lines)}, on: \(on)")?.filter.conditions
    }

    @Test(
        "A condition is a value, a list, or written out",
        arguments: [
            ("actor.username: octocat", [.text("octocat")]),
            ("actor.username: {equals: octocat}", [.text("octocat")]),
            ("actor.username: [a, b]", [.text("a"), .text("b")]),
            ("actor.username: {in: [a, 'a b', on]}", [.text("a"), .text("a b"), .text("on")]),
            ("actor.username: {in: a}", [.text("a")]),
            ("actor.username: null", [.absent]), ("actor.username: ~", [.absent]),
            ("actor.username: 'null'", [.text("null")]),
            ("actor.username: {equals: null}", [.absent]),
            ("actor.username: [a, NULL]", [.text("a"), .absent]),
            ("pullRequest.base.ref: {glob: release/*}", [.glob(TextPattern("release/*"))]),
            ("pullRequest.base.ref: {glob: ['a*', null]}", [.glob(TextPattern("a*")), .absent]),
            ("actor.isBot: false", [.text("false")]), ("actor.isBot: yes", [.text("true")]),
            ("pullRequest.number: [1, 02, -3]", [.text("1"), .text("2"), .text("-3")]),
        ] as [(String, [FieldCondition.Alternative])]
    )
    func forms(lines: String, alternatives: [FieldCondition.Alternative]) throws {
        #expect(try conditions(lines)?.map(\.alternatives) == [alternatives])
    }

    @Test("Conditions keep the order of the file")
    func order() throws {
        let paths = try conditions("push.refs.ref: a, action: b, actor.isBot: no")?.map(\.path.description)
        #expect(paths == ["push.refs.ref", "action", "actor.isBot"])
        #expect(try Subject.listener("where: ")?.filter.conditions == [])
    }

    static let bad: [(String, String)] = [
        (
            "actor.isbot: false",
            "33: listeners.event-log.where: unknown field \"actor.isbot\"; did you mean "
                + "\"actor.isBot\"?"
        ),
        (
            "sender: x",
            "33: listeners.event-log.where: unknown field \"sender\"; the fields here are action, "
                + "actor, checkRun, provider, pullRequest, push or repository"
        ),
        (
            "pullRequest.zzz: x",
            "33: listeners.event-log.where: unknown field \"pullRequest.zzz\"; the fields "
                + "here are base, draft, label or number"
        ),
        (
            "pull_request.base.ref: x",
            "33: listeners.event-log.where: unknown field \"pull_request.base.ref\"; "
                + "did you mean \"pullRequest.base.ref\"?"
        ),
        (
            "action.x: y",
            "33: listeners.event-log.where: unknown field \"action.x\"; the fields here are action, "
                + "actor, checkRun, provider, pullRequest, push or repository"
        ),
        (
            "pullRequest: x",
            "33: listeners.event-log.where: pullRequest holds several fields, such as "
                + "pullRequest.base.ref"
        ),
        (
            "'': x",
            "33: listeners.event-log.where: unknown field \"\"; the fields here are action, actor, "
                + "checkRun, provider, pullRequest, push or repository"
        ),
        ("id: 5", "33: listeners.event-log.where: id is given when the event is stored, after the filters"),
        (
            "action: ",
            "33: listeners.event-log.where: action has no condition; write null for a field that is "
                + "absent"
        ),
        ("action: ''", "41: listeners.event-log.where.action[0]: is empty"),
        (
            "action: []",
            "33: listeners.event-log.where: action is an empty list and takes nothing; leave it out"
        ),
        ("action: {}", "33: listeners.event-log.where.action: no condition: write equals, in or glob"),
        ("action: {is: x}", "42: listeners.event-log.where.action: unknown key \"is\"; did you mean \"in\"?"),
        (
            "action: {equals: x, in: [y]}",
            "33: listeners.event-log.where.action: equals and in exclude each "
                + "other"
        ),
        (
            "action: {equals: [x]}",
            "42: listeners.event-log.where.action: equals takes one value; write in for "
                + "several"
        ),
        (
            "action: {in: []}",
            "42: listeners.event-log.where.action: in is an empty list and takes nothing; "
                + "leave it out"
        ),
        (
            "action: {glob: }",
            "42: listeners.event-log.where.action: glob has no value; write null for a field "
                + "that is absent"
        ),
        (
            "action: [[a]]",
            "42: listeners.event-log.where.action[0] is a list, where a single value is expected"
        ),
        (
            "action: {glob: {a: b}}",
            "48: listeners.event-log.where.action.glob[0] is a mapping, where a single "
                + "value is expected"
        ),
    ]

    @Test("A wrong condition is reported with its place", arguments: bad)
    func wrong(lines: String, problem: String) {
        let text = "listeners: {event-log: {where: {\(lines)}}}\n"
        #expect(Subject.problems(withSource: text) == ["f.yml:1:" + problem])
    }

    @Test(
        "A value that can never fit its field's type is a warning",
        arguments: [
            (
                "actor.isBot: flase",
                "46: warning: listeners.event-log.where.actor.isBot[0]: \"flase\" is neither true nor "
                    + "false, so it never fits; did you mean \"false\"?"
            ),
            (
                "pullRequest.number: one",
                "53: warning: listeners.event-log.where.pullRequest.number[0]: \"one\" is not a "
                    + "whole number, so it never fits"
            ),
            (
                "pullRequest.number: {in: [1, 2.5]}",
                "62: warning: listeners.event-log.where.pullRequest.number.in[1]: \"2.5\" is not a "
                    + "whole number, so it never fits"
            ),
            (
                "actor.isBot: {glob: f*x}",
                "53: warning: listeners.event-log.where.actor.isBot.glob[0]: \"f*x\" covers no true or "
                    + "false, so it never fits"
            ),
            (
                "pullRequest.number: {glob: a*}",
                "60: warning: listeners.event-log.where.pullRequest.number.glob[0]: \"a*\" covers no whole "
                    + "number, so it never fits"
            ),
        ]
    )
    func neverFits(lines: String, problem: String) {
        let report = Subject.report("listeners: {event-log: {where: {\(lines)}}}\n" + Subject.source)
        #expect(report.problems.map(\.description) == ["f.yml:1:" + problem])
        #expect(report.errors.isEmpty)
    }

    @Test(
        "A value that can fit is no warning",
        arguments: [
            "actor.isBot: [yes, Off, null]", "actor.isBot: {glob: t*}", "actor.isBot: {glob: '*'}",
            "pullRequest.number: [-1, 007]", "pullRequest.number: {glob: ['1?', '*', '-*']}", "action: '7'",
        ]
    )
    func fits(lines: String) {
        #expect(Subject.problems(withSource: "listeners: {event-log: {where: {\(lines)}}}\n").isEmpty)
    }

    @Test("Where must be a mapping, of a bounded number of conditions")
    func shape() {
        #expect(
            Subject.problems(withSource: "listeners: {event-log: {where: x}}\n")
                == ["f.yml:1:32: listeners.event-log.where: is not a mapping of keys to values"]
        )
        let many = (0..<65).map { "a\($0): b" }.joined(separator: ", ")
        #expect(
            Subject.problems(withSource: "listeners: {event-log: {where: {\(many)}}}\n")
                == ["f.yml:1:25: listeners.event-log.where: more than 64 conditions"]
        )
    }

    @Test(
        "A field that a kind asked for never has is a warning",
        arguments: [
            (
                "on: [push, check_run.created], where: {push.refs.ref: a}",
                "64: warning: listeners.event-log.where: "
                    + "no event of the kind check_run has push.refs.ref, so none is taken"
            ),
            (
                "on: [push, comment], where: {pullRequest.draft: no}",
                "54: warning: listeners.event-log.where: "
                    + "no event of the kind comment or push has pullRequest.draft, so none is taken"
            ),
        ]
    )
    func impossible(lines: String, problem: String) {
        let report = Subject.report("listeners: {event-log: {\(lines)}}\n" + Subject.source)
        #expect(report.problems.map(\.description) == ["f.yml:1:" + problem])
        #expect(report.errors.isEmpty)
    }

    @Test("Kinds that a Swift listener takes are warned of only if none of them has the field")
    func swiftKinds() {
        let all = "listeners: {event-log: {where: {push.refs.ref: a}}}\n"
        #expect(Subject.problems(withSource: all).isEmpty)
        let checks = "listeners: {check-failures: {where: {push.refs.ref: a}}}\n"
        #expect(Subject.problems(withSource: checks).count == 1)
        let absent = "listeners: {check-failures: {where: {push.refs.ref: null}}}\n"
        #expect(Subject.problems(withSource: absent).isEmpty)
        let command = "listeners: {a: {command: [x], where: {push.refs.ref: b}}}\n"
        #expect(Subject.problems(withSource: command).isEmpty)
    }
}

@Suite("Whether a condition holds")
struct FieldConditionTests {
    @Test(
        "One value that is one of the alternatives is enough",
        arguments: [
            ([.text("a")], ["a"], true), ([.text("a")], ["b"], false), ([.text("a")], ["A"], false),
            ([.text("a")], ["b", "a"], true), ([.text("a"), .text("b")], ["b"], true),
            ([.text("a")], [], false), ([.absent], [], true), ([.absent], ["a"], false),
            ([.absent, .text("a")], ["a"], true), ([.glob(TextPattern("a*"))], ["b", "abc"], true),
            ([.glob(TextPattern("*"))], [], false), ([.glob(TextPattern("*"))], [""], true),
            // The same text to a reader, but not the same bytes.
            ([.text("\u{E9}")], ["e\u{301}"], false),
        ] as [([FieldCondition.Alternative], [String], Bool)]
    )
    func holds(alternatives: [FieldCondition.Alternative], values: [String], isTrue: Bool) {
        #expect(FieldCondition(FieldPath("a"), anyOf: alternatives).holds(for: values) == isTrue)
    }
}
