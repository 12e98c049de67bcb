import Testing

@testable import Settings

@Suite("Headers and variables")
struct NamedValueTests {
    private func problems(url lines: String) -> [String] {
        Subject.problems(withSource: "listeners: {a: {url: 'https://a/', headers: {\(lines)}}}\n")
    }

    private func problems(command lines: String) -> [String] {
        Subject.problems(withSource: "listeners: {a: {command: [x], environment: {\(lines)}}}\n")
    }

    @Test(
        "What begins with env:, file: or credential: is a reference, and anything else a text",
        arguments: [
            ("env:A", .reference(.environment("A"))), ("file:a b", .reference(.file("a b"))),
            ("credential:c", .reference(.credential("c"))), ("Env:A", .text("Env:A")),
            ("https://env:A", .text("https://env:A")), ("environment", .text("environment")),
        ] as [(String, SettingValue)]
    )
    func forms(text: String, value: SettingValue) throws {
        let parser = ValueParser<SettingValue>.settingValue(.argument(maxBytes: 100))
        #expect(try parser.parse(text) == value)
    }

    @Test("No description shows a text")
    func redaction() {
        let value = NamedValue("a", .text("hunter2"))
        #expect(!"\(value)".contains("hunter2") && !String(reflecting: value).contains("hunter2"))
        let resolved = ResolvedValue(name: "a", text: "hunter2", isSecret: false)
        #expect("\([resolved])" == "[ResolvedValue(a)]")
    }

    @Test(
        "A header that Forgewire sets itself is refused",
        arguments: [
            "Host", "content-length", "Transfer-Encoding", "connection", "Content-Type", "webhook-id",
            "Webhook-X", "forgewire-out-of-order", "TE", "Upgrade", "Expect",
        ]
    )
    func reservedHeaders(name: String) {
        #expect(
            problems(url: "\(name): b")
                == ["f.yml:1:46: listeners.a.headers: \"\(name)\" is set by Forgewire alone"]
        )
    }

    @Test("A wrong header is reported with its place, and its value never shown")
    func badHeaders() {
        #expect(
            problems(url: "'a b': c") == [
                "f.yml:1:46: listeners.a.headers: \"a b\" is no name of a header field"
            ]
        )
        #expect(
            problems(url: "x: \"hunter2\\r\\ny: z\"")
                == [
                    "f.yml:1:49: listeners.a.headers.x: holds a control character, which a header field "
                        + "must not"
                ]
        )
        #expect(
            problems(url: "x: ' hunter2'") == [
                "f.yml:1:49: listeners.a.headers.x: begins or ends with white space, which a header field "
                    + "does not keep"
            ]
        )
        #expect(
            problems(url: "x: 'env:hunter2!'") == [
                "f.yml:1:49: listeners.a.headers.x: begins like a reference but is none: write env:NAME, "
                    + "file:/path or credential:NAME"
            ]
        )
        #expect(
            problems(url: "x: a, X: b")
                == ["f.yml:1:52: listeners.a.headers: \"X\" stands twice, as case does not count"]
        )
        #expect(
            problems(url: "x: [a]")
                == ["f.yml:1:49: listeners.a.headers.x is a list, where a single value is expected"]
        )
        let many = (0..<65).map { "x\($0): b" }.joined(separator: ", ")
        #expect(problems(url: many) == ["f.yml:1:36: listeners.a.headers: more than 64 entries"])
    }

    @Test("Every character of a token may be part of a header's name, and every text a value")
    func goodHeaders() {
        #expect(problems(url: "\"x!#$%&'*+-.^_`|~9\": \"a\\tb ü\", user-agent: '', y: ").isEmpty)
    }

    @Test(
        "A variable that a command may not be given is refused",
        arguments: [
            ("1A", "does not match [A-Za-z_][A-Za-z0-9_]*"), ("A-B", "does not match [A-Za-z_][A-Za-z0-9_]*"),
            ("A B", "does not match [A-Za-z_][A-Za-z0-9_]*"), ("''", "does not match [A-Za-z_][A-Za-z0-9_]*"),
            ("FORGEWIRE_KIND", "is Forgewire's own: it tells a command of its event"),
        ]
    )
    func badVariables(name: String, reason: String) {
        let problems = problems(command: "\(name): b")
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("f.yml:1:45: listeners.a.environment: ") == true)
        #expect(problems.first?.hasSuffix(reason) == true)
    }

    @Test("A variable's value has no zero byte and a limit")
    func badVariableValues() {
        #expect(
            problems(command: "A: \"hunter2\\0\"") == [
                "f.yml:1:48: listeners.a.environment.A: holds a zero byte"
            ]
        )
        let long = String(repeating: "a", count: 65_537)
        #expect(
            problems(command: "A: \(long)")
                == ["f.yml:1:48: listeners.a.environment.A: is longer than 65536 bytes"]
        )
    }

    @Test("A text where the name speaks of a secret is a warning")
    func plainSecrets() {
        #expect(
            problems(url: "Authorization: Bearer hunter2") == [
                "f.yml:1:46: warning: listeners.a.headers: Authorization looks like a secret: write "
                    + "env:NAME, file:/path or credential:NAME instead of it"
            ]
        )
        #expect(problems(command: "DB_PASSWORD: hunter2").count == 1)
        #expect(problems(command: "API_KEY: hunter2").count == 1)
        #expect(problems(command: "DB_PASSWORD: 'env:P', TOKEN_FILE: /run/token, LANG: C").isEmpty)
    }
}

@Suite("Rate limits")
struct RateLimitSettingTests {
    @Test(
        "A limit is a whole number of attempts in a second, minute or hour",
        arguments: [
            ("1/s", 1, .second, 1), ("100/m", 100, .minute, 60), ("1000000/h", 1_000_000, .hour, 3600),
        ] as [(String, Int, RateLimitSetting.Unit, Int)]
    )
    func good(text: String, attempts: Int, unit: RateLimitSetting.Unit, seconds: Int) throws {
        let limit = try ValueParser<RateLimitSetting>.rateLimit.parse(text)
        #expect(limit == RateLimitSetting(attempts: attempts, per: unit))
        #expect(limit.unit.duration == .seconds(seconds))
        #expect(limit.description == text)
    }

    @Test(
        "Anything else is refused",
        arguments: [
            ("10", "\"10\" is not a whole number of attempts per s, m or h, such as 10/s", nil),
            ("10/s/m", "\"10/s/m\" is not a whole number of attempts per s, m or h, such as 10/s", nil),
            ("0/s", "\"0\" is not between 1 and 1000000", nil),
            ("1.5/s", "\"1.5\" is not a whole number", nil),
            ("10/min", "\"10/min\" has an unknown unit; the units are s, m or h", "10/m"),
            ("10/Sec", "\"10/Sec\" has an unknown unit; the units are s, m or h", "10/s"),
            ("10/d", "\"10/d\" has an unknown unit; the units are s, m or h", nil),
            ("10/", "\"10/\" has an unknown unit; the units are s, m or h", nil),
        ] as [(String, String, String?)]
    )
    func bad(text: String, message: String, suggestion: String?) {
        let problem = #expect(throws: ValueProblem.self) {
            try ValueParser<RateLimitSetting>.rateLimit.parse(text)
        }
        #expect(problem == ValueProblem(message, suggestion: suggestion))
    }
}
