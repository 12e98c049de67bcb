import Testing

@Suite("The rule on banned code")
struct BannedCodeTests {
    private func bans(in text: String, path: String = "Sources/A/B.swift") -> [String] {
        BannedCode.all.filter { !$0.check(SwiftFile(path: path, text)).isEmpty }.map(\.name)
    }

    @Test(
        "Banned code is found",
        arguments: [
            ("print(1)", "print"), ("Swift.print(1)", "print"), ("debugPrint(1)", "print"),
            ("Task { a() }", "unstructured task"), ("x = Task<Void, Never> { a() }", "unstructured task"),
            ("Task(priority: .low) { a() }", "unstructured task"), ("Task.detached {}", "unstructured task"),
            ("f(x: Task {})", "unstructured task"), ("\"\\(Task {})\"", "unstructured task"),
            ("Date()", "system date"), ("Foundation.Date()", "system date"), ("Date.now", "system date"),
            ("try! f()", "forced try or cast"), ("a as! B", "forced try or cast"),
            ("DispatchQueue.global().async {}", "global queue"),
            ("try await Task.sleep(for: a)", "sleep"), ("Task<Never, Never>.sleep(for: a)", "sleep"),
            ("Thread.sleep(forTimeInterval: 1)", "sleep"), ("Glibc.sleep(1)", "sleep"),
            ("usleep(1)", "sleep"),
            ("fatalError(\"no\")", "fatalError"),
            ("// TODO: later", "note to self"), ("/* FIXME */", "note to self"), ("XXX()", "note to self"),
            ("final class A: @unchecked Sendable {}", "unchecked Sendable"),
            ("nonisolated(unsafe) var a = 1", "nonisolated(unsafe)"),
        ]
    )
    func found(code: String, ban: String) {
        #expect(bans(in: code) == [ban])
    }

    @Test(
        "What only looks like banned code is not found",
        arguments: [
            "// print(1), Task { }, try! f()", "\"print(1) Task { } Date() TODO\"", "a.print(1)",
            "func print(_ a: A) {}",
            "group.addTask { a() }", "var task: Task<Void, Never> { a }",
            "func f() -> Task<Void, Never> { a }",
            "Task.isCancelled", "Task.currentPriority", "Date(timeIntervalSince1970: 1)", "try? f()",
            "a as? B",
            "clock.sleep(for: a)", "func sleep(_ a: Duration) {}", "DispatchQueue(label: \"a\")",
            "mkstemp(\"XXXXXX\")",
            "if a.isDisabled {}", "nonisolated func f() {}", "struct A: Sendable {}",
        ]
    )
    func notFound(code: String) {
        #expect(bans(in: code) == [])
    }

    @Test("A ban holds in its scope alone")
    func scope() {
        #expect(bans(in: "print(1)", path: "Tests/A/B.swift") == [])
        #expect(bans(in: "print(1)", path: "Listeners/A/B.swift") == ["print"])
        #expect(bans(in: "Task.sleep(for: a)", path: "Tests/A/B.swift") == ["sleep"])
        #expect(bans(in: "@Test(.disabled(\"why\"))", path: "Tests/A/B.swift") == ["disabled test"])
        #expect(bans(in: "button.disabled(true)") == [])
    }

    @Test("A place that is allowed is no violation, another one is")
    func allowed() throws {
        let ban = try #require(BannedCode.all.first { $0.name == "print" })
        let files = ["Sources/A/B.swift", "Sources/A/C.swift"].map { SwiftFile(path: $0, "\nprint(1)") }
        let allowance = Allowance(ban: "print", path: "Sources/A/B.swift", reason: "made up")
        let violations = ban.check(files, allowances: [allowance])
        #expect(violations.map(\.path) == ["Sources/A/C.swift"])
        #expect(violations.map(\.line) == [2])
    }

    @Test("An allowance that nothing needs any more is a violation")
    func unneeded() throws {
        let ban = try #require(BannedCode.all.first { $0.name == "print" })
        let allowances = [
            Allowance(ban: "print", path: "Sources/A/B.swift", reason: "made up"),
            Allowance(ban: "sleep", path: "Sources/A/B.swift", reason: "another ban's"),
        ]
        let violations = ban.check([SwiftFile(path: "Sources/A/B.swift", "f()")], allowances: allowances)
        #expect(violations.map(\.message) == ["not needed any more: print in Sources/A/B.swift"])
        #expect(violations.map(\.path) == [Allowance.list])
    }
}
