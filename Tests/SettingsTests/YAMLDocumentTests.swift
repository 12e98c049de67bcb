import Testing

@testable import Settings

@Suite("The file as YAML")
struct YAMLDocumentTests {
    @Test(
        "What is not YAML is reported with its place, and nothing else is",
        arguments: [
            ("a: b: c\n", "f.yml:1:5: not valid YAML: mapping values are not allowed in this context"),
            ("x: *y\n", "f.yml:1:4: not valid YAML: found undefined alias"),
            ("ok: 1\na\u{0}b", "f.yml:2:2: not valid YAML: control characters are not allowed"),
            (
                "ingest:\n\tlisten: x\n",
                "f.yml:2:1: not valid YAML: found character that cannot start any token "
                    + "(while scanning for the next token, from line 2)"
            ),
            (
                "a: 1\n---\nb: 2\n",
                "f.yml:2:1: not valid YAML: but found another document "
                    + "(expected a single document in the stream, from line 1)"
            ),
        ]
    )
    func syntax(text: String, problem: String) {
        #expect(Subject.problems(text) == [problem])
    }

    @Test("A file nested too deeply is refused")
    func deep() {
        let problems = Subject.problems(String(repeating: "[", count: 100_000))
        #expect(problems == ["f.yml:1:1: not valid YAML: nested too deeply"])
    }

    @Test("A syntax error never shows the line, which may hold a secret")
    func secretInSyntaxError() {
        #expect(!Subject.problems("secrets: hunter2: hunter2\n\"hunter2").joined().contains("hunter2"))
    }

    @Test(
        "An empty file means every default and warns that there is no source",
        arguments: [
            "", "\n", "# nothing\n", "---\n", "null", "{}", "\u{FEFF}",
            "sources:\nlisteners: ~\ningest: null\n",
        ]
    )
    func empty(text: String) throws {
        let report = Subject.report(text)
        #expect(try report.validated() == Configuration())
        #expect(report.warnings.map(\.message) == ["no source is configured: every delivery is refused"])
    }

    @Test("A file that is no mapping is refused", arguments: ["[1]\n", "text\n"])
    func noMapping(text: String) {
        #expect(Subject.problems(text).contains("f.yml:1:1: is not a mapping of keys to values"))
    }

    @Test("Names are strings, also those that YAML 1.1 would read as something else")
    func words() throws {
        let names = ["on", "off", "no", "yes", "null", "true", "123", "1e3", "0x1f"]
        let lines = names.map { "  \($0): {command: [x]}\n" }.joined()
        let configuration = try Subject.configuration("listeners:\n" + lines + Subject.source)
        #expect(configuration.listeners.map(\.name) == names)
    }

    @Test("The key on is a string, in quotes or not", arguments: ["on", "\"on\"", "'on'"])
    func onKey(key: String) throws {
        let listener = try Subject.listener("\(key): push")
        #expect(listener?.filter.on == [.kind("push")])
    }

    @Test("Every duplicate key is reported where it stands, together with all other problems")
    func duplicates() {
        let text = """
            admin: {listen: "127.0.0.1:1"}
            "admin": {lisen: x}
            ingest: {maxBodyBytes: x, listen: [], 'listen': []}
            listeners:
              a: {command: [x]}
              a: {command: [y]}

            """
        #expect(
            Subject.problems(withSource: text) == [
                "f.yml:2:1: key \"admin\" stands twice; the first is in line 1",
                "f.yml:3:24: ingest.maxBodyBytes: \"x\" is not a size: a whole number and B, KiB, MiB or "
                    + "GiB, such as 25MiB",
                "f.yml:3:27: ingest: listen has no address",
                "f.yml:3:39: ingest: key \"listen\" stands twice; the first is in line 3",
                "f.yml:6:3: listeners: key \"a\" stands twice; the first is in line 5",
            ]
        )
    }

    @Test(
        "A duplicate key that is not written as it reads is still an error",
        arguments: ["\"a\\\"b\": 1\n\"a\\\"b\": 2\n", "&x a: 1\n&y a: 2\n", "'': 1\n'': 2\n"]
    )
    func awkwardDuplicates(text: String) {
        let report = Subject.report(text)
        #expect(report.errors.count == 1)
        #expect(report.errors.first?.message.hasSuffix("stands twice") == true)
    }

    @Test("Duplicates are found behind other line breaks", arguments: ["\r\n", "\r", "\u{85}", "\n"])
    func lineBreaks(lineBreak: String) {
        let text = ["# ä", "admin:", "outbox: {path: x}", "outbox: {path: y}", ""].joined(
            separator: lineBreak
        )
        #expect(Subject.report(text).errors.map(\.location?.line) == [4])
    }

    @Test("A mapping as a key is an error")
    func complexKey() {
        #expect(Subject.problems("? [a]\n: 1\n").contains("f.yml:1:3: a key must be text"))
    }

    @Test("An alias stands for what it names, and its mistake is reported once")
    func aliases() throws {
        let text = "listeners:\n  a: &x {command: [x], timeout: 5s}\n  b: *x\n"
        let listeners = try Subject.configuration(text + Subject.source).listeners
        #expect(listeners.map(\.policy.timeout) == [.seconds(5), .seconds(5)])
        let wrong = Subject.problems(withSource: "listeners:\n  a: &x {command: [x], timeout: 5}\n  b: *x\n")
        #expect(wrong.count == 2)
    }

    @Test("Names with control characters cannot break the line of a message")
    func injection() {
        let text = "sources:\n  \"a\\nf.yml:1:1: forged\": {provider: github, secrets: [x]}\n\"b\\rc\": 1\n"
        let problems = Subject.problems(text)
        #expect(problems.count == 3)
        #expect(!problems.joined().contains { $0.isNewline })
    }

    @Test("Too many problems are counted")
    func manyProblems() {
        let text = (0..<300).map { "key\($0): 1\n" }.joined()
        let problems = Subject.problems(withSource: text)
        #expect(problems.count == 201)
        #expect(problems.last?.hasSuffix("and 100 more problems") == true)
    }

    @Test("Too many entries are refused")
    func manyEntries() {
        let names = (0...1024).map { "  n\($0): {command: [x]}\n" }.joined()
        #expect(
            Subject.problems(withSource: "listeners:\n" + names)
                == ["f.yml:2:3: listeners: has more than 1024 entries"]
        )
        let words = String(repeating: "x,", count: 1025)
        #expect(
            Subject.problems(withSource: "listeners: {a: {command: [\(words)]}}\n")
                == ["f.yml:1:26: listeners.a: command has more than 1024 entries"]
        )
    }
}
