import Foundation
import GRDB
import Synchronization
import TestKit
import Testing

/// A dispatch as the outbox has it.
struct DispatchRow: Equatable {
    let state: String
    let attempts: Int
    let reason: String?
    /// How each of its attempts ended, in their order.
    let outcomes: [String]
}

extension TemporaryFolder {
    /// What listeners have unless a test says otherwise: quick retries, and a deadline that none misses.
    static let commonKeys = "timeout: 10m, retry: { initial: 10ms, max: 100ms }"

    /// Writes a configuration with these listeners.
    ///
    /// - Parameters:
    ///   - listeners: The entries of the section, separated by commas.
    ///   - drain: How long running work may go on after SIGTERM.
    ///   - defaults: The listeners' common keys.
    /// - Throws: An error if it cannot be written.
    func configure(_ listeners: String..., drain: String = "20s", defaults: String = commonKeys) throws {
        try writeConfiguration(
            DaemonProcess.configuration(
                listeners: listeners.joined(separator: ", "),
                more: "dispatcher: { drain: \(drain), defaults: { \(defaults) } }"
            )
        )
    }

    /// Writes a shell script and gives the listener's section that runs it.
    ///
    /// It is read by a shell, not executed: another process that is just being started may have it open for
    /// writing, and then the system does not execute it.
    ///
    /// - Parameters:
    ///   - lines: What it does; it runs in this folder.
    ///   - more: Keys beside the command.
    /// - Returns: The section.
    /// - Throws: An error if it cannot be written.
    func command(_ lines: String, _ more: String...) throws -> String {
        let script = path("\(UUID().uuidString).sh")
        try lines.write(toFile: script, atomically: true, encoding: .utf8)
        let command = #"command: ["/bin/sh", "\#(script)"], workingDirectory: "\#(path(""))""#
        return "{ \(([command] + more).joined(separator: ", ")) }"
    }

    /// Runs a command of the real executable, which may fail.
    func outcome(of arguments: [String]) async throws -> Executable.Outcome {
        try await Executable.run(
            arguments + ["--config", "forgewire.yml"],
            environment: ["SECRET": DaemonProcess.secret],
            in: self
        )
    }

    /// Runs a command that has to succeed, and gives what it prints.
    @discardableResult
    func forgewire(_ arguments: String...) async throws -> String {
        let outcome = try await outcome(of: arguments)
        try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
        return outcome.text
    }

    /// Runs a command that has to succeed, and gives the objects that it prints.
    func json(_ arguments: String...) async throws -> [[String: Any]] {
        let outcome = try await outcome(of: arguments + ["--json"])
        try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
        return try outcome.text.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    /// What `forgewire listeners` says about one.
    func listener(_ name: String) async throws -> [String: Any] {
        try #require(try await json("listeners").first { $0["name"] as? String == name })
    }

    /// A dispatch, with how its attempts ended.
    func dispatch(_ event: Int64, _ listener: String) throws -> DispatchRow {
        let key = "event = \(event) AND listener = '\(listener)'"
        let rows = try query("SELECT state, attempts, reason FROM dispatches WHERE \(key)")
        let row = try #require(rows.first, "event \(event) has no dispatch for \(listener)")
        let attempts = try query("SELECT outcome FROM attempts WHERE \(key) ORDER BY id")
        return DispatchRow(
            state: row[0],
            attempts: row[1],
            reason: row[2],
            outcomes: attempts.map { $0[0] as String }
        )
    }

    /// How many dispatches of a listener are in each state.
    func states(of listener: String) throws -> [String: Int] {
        let sql = "SELECT state, count(*) FROM dispatches WHERE listener = '\(listener)' GROUP BY state"
        return Dictionary(uniqueKeysWithValues: try query(sql).map { ($0[0] as String, $0[1] as Int) })
    }

    /// The lines of a file; none if there is no file.
    func lines(of name: String) throws -> [String] {
        guard FileManager.default.fileExists(atPath: path(name)) else { return [] }
        return try String(contentsOfFile: path(name), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// Makes an empty file, which scripts wait for.
    func touch(_ name: String) throws { try Data().write(to: URL(fileURLWithPath: path(name))) }

    /// The process ids in a file that are still those of running processes.
    ///
    /// One that has ended and that nobody has waited for is none.
    func runningProcesses(in name: String) throws -> [String] {
        try lines(of: name).flatMap { $0.split(separator: " ").map(String.init) }.filter { id in
            // There is no such file any more once the process is gone.
            guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else {
                return false
            }
            let state = status.split(separator: ")").last?.split(separator: " ").first
            return state != "Z" && state != "X"
        }
    }
}

extension DaemonProcess {
    /// Has a pull request delivered, and gives the event's id.
    func deliver(_ number: Int, in repository: String = "acme/app", titled title: String = "Mend the roof")
        async throws -> Int64
    {
        let body = PullRequestBody(number: number, repository: repository, title: title)
        let answer = try await post(body.bytes)
        #expect(answer.status == 202, "\(answer.body)")
        return try #require(answer.events.first)
    }

    /// Waits until the log says so often that a listener's event was delivered; the record follows.
    func delivered(_ count: Int, by listener: String) async throws {
        try await log.wait(for: count, "An event was delivered", "listener.name=\(listener)")
    }

    /// Waits until the log says so often that a dispatch is dead; the record follows.
    func died(_ count: Int = 1) async throws {
        try await log.wait(for: count, "A dispatch is dead")
    }

    /// Waits for what is recorded after it was logged, or asked for by a command.
    ///
    /// Looks again after each answer of the daemon, which commits in between; a test's time limit ends it.
    func settle(until isSettled: () throws -> Bool) async throws {
        while try !isSettled() {
            try Task.checkCancellation()
            _ = try await request("GET", admin + "/metrics")
        }
    }

    /// Waits until the metrics have a line.
    func metrics(show line: String) async throws {
        while try await !request("GET", admin + "/metrics").body.contains(line) {
            try Task.checkCancellation()
        }
    }

    /// Stops the daemon, so that everything is recorded.
    func stop() async throws {
        signal(SIGTERM)
        #expect(try await exit() == 0)
    }
}

extension LineCollector {
    /// Waits until so many lines contain all of these texts.
    func wait(for count: Int, _ texts: String...) async throws {
        let scan = LineScan(texts: texts)
        try await wait { scan.matches(in: $0) >= count }
    }
}

/// Counts lines that contain some texts; looks at each line once.
private final class LineScan: Sendable {
    private let texts: [String]
    private let state = Mutex((seen: 0, found: 0))

    init(texts: [String]) {
        self.texts = texts
    }

    func matches(in lines: [String]) -> Int {
        state.withLock { state in
            let new = lines.dropFirst(state.seen)
            state.found += new.count { line in texts.allSatisfy { line.contains($0) } }
            state.seen = lines.count
            return state.found
        }
    }
}
