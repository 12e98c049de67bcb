/// Code that the project does without, for a reason that the message gives.
struct BannedCode: CustomStringConvertible, Sendable {
    /// Where the ban holds.
    enum Scope: Sendable {
        /// What ships: `Sources` and `Listeners`.
        case product
        /// What reads texts that anybody may send.
        case providers
        /// `Tests`.
        case tests
        /// Both, and `Package.swift`.
        case everywhere

        /// Whether a file is in the scope.
        func contains(_ path: String) -> Bool {
            switch self {
            case .product: path.hasPrefix("Sources/") || path.hasPrefix("Listeners/")
            case .providers: path.hasPrefix("Sources/Providers/")
            case .tests: path.hasPrefix("Tests/")
            case .everywhere: true
            }
        }
    }

    /// The ban's name in the allow-list.
    let name: String
    /// What is looked for in code.
    let patterns: [String]
    /// The words that are looked for in comments.
    var commentWords: Set<String> = []
    /// Where it holds.
    let scope: Scope
    /// What to do instead.
    let advice: String

    /// The name.
    var description: String { name }

    /// The places where a file has it, allowed or not.
    func check(_ file: SwiftFile) -> [Violation] {
        guard scope.contains(file.path) else { return [] }
        let inCode = patterns.flatMap { CodePattern($0).lines(in: file.tokens) }
        let inComments = file.comments.filter { commentWords.contains($0.text) }.map(\.line)
        return Set(inCode + inComments).sorted().map { file.source.violation(line: $0, "\(name): \(advice)") }
    }

    /// The places where the files have it without being allowed to, and the allowances that nothing needs.
    func check(_ files: [SwiftFile], allowances: [Allowance]) -> [Violation] {
        let allowed = allowances.filter { $0.ban == name }
        let found = files.flatMap(check)
        let unneeded = allowed.filter { allowance in !found.contains { $0.path == allowance.path } }
        return found.filter { violation in !allowed.contains { $0.path == violation.path } }
            + unneeded.map { Violation(path: Allowance.list, line: 1, message: "not needed any more: \($0)") }
    }
}

extension BannedCode {
    /// Every ban.
    static let all = [
        BannedCode(
            name: "print",
            patterns: ["print(", "debugPrint("],
            scope: .product,
            advice: "log with a Logger, or write through the command's output"
        ),
        BannedCode(
            name: "unstructured task",
            patterns: ["Task {", "Task(", "Task.detached", "Task.immediate", "Task.init"],
            scope: .product,
            advice: "use `async let` or a task group: work has an owner that waits for it"
        ),
        BannedCode(
            name: "system date",
            patterns: ["Date()", "Date.now", "Date.init()"],
            scope: .product,
            advice: "take the time from an injected clock"
        ),
        BannedCode(
            name: "forced try or cast",
            patterns: ["try!", "as!"],
            scope: .product,
            advice: "throw, or say what cannot be with `preconditionFailure`"
        ),
        BannedCode(
            name: "global queue",
            patterns: ["DispatchQueue.global"],
            scope: .product,
            advice: "it has no limit: use the worker pool"
        ),
        BannedCode(
            name: "sleep",
            patterns: [
                "Task.sleep", "Thread.sleep", "ContinuousClock().sleep", "SuspendingClock().sleep",
                "sleep(", "usleep(", "nanosleep(",
            ],
            scope: .everywhere,
            advice: "wait for a signal, or on an injected clock"
        ),
        BannedCode(
            name: "fatalError",
            patterns: ["fatalError("],
            scope: .product,
            advice: "throw for the world's faults, `preconditionFailure` for our own"
        ),
        BannedCode(
            name: "comparison of a text of any length",
            patterns: [
                ".text ==", ".text !=", ".string ==", ".string !=", "].text]", ".text?.hasPrefix",
                ".text?.hasSuffix", ".string?.hasPrefix", ".string?.hasSuffix",
            ],
            scope: .providers,
            advice: "use `.word`, which is bounded, or compare bytes: for some texts it takes the square"
        ),
        BannedCode(
            name: "note to self",
            patterns: ["TODO", "FIXME", "XXX"],
            commentWords: ["TODO", "FIXME", "XXX"],
            scope: .everywhere,
            advice: "do it now, or open an issue"
        ),
        BannedCode(
            name: "disabled test",
            patterns: [".disabled("],
            scope: .tests,
            advice: "mend the test or delete it"
        ),
        BannedCode(
            name: "unchecked Sendable",
            patterns: ["@unchecked Sendable"],
            scope: .everywhere,
            advice: "use a Mutex, or say what protects the state and list the file in \(Allowance.list)"
        ),
        BannedCode(
            name: "nonisolated(unsafe)",
            patterns: ["nonisolated(unsafe)"],
            scope: .everywhere,
            advice: "use a Mutex, or say what protects the state and list the file in \(Allowance.list)"
        ),
    ]
}
