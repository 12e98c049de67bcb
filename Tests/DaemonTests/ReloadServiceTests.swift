import Dispatcher
import InMemoryLogging
import Logging
import MetricsTestKit
import Providers
import Settings
import TestKit
import Testing

@testable import Daemon
@testable import Ingest

@Suite("Reading the configuration again")
struct ReloadServiceTests {
    @Test("A new source is served, and one that is gone is not")
    func newSource() async throws {
        let bench = try ReloadBench(source("hub"))
        try bench.file.write(source("lab"))
        let plan = await bench.reload()
        #expect(plan.sources.map(\.name) == ["lab"])
        #expect(bench.sources.entry(named: "lab") != nil)
        #expect(bench.sources.entry(named: "hub") == nil)
        let notice = try #require(bench.log.entries.first)
        #expect(bench.log.entries.count == 1)
        #expect(notice.level == .notice)
        #expect(notice.metadata["sources"] == "lab")
        #expect(notice.metadata["sources.before"] == "hub")
    }

    @Test("A file with an error changes nothing, and the log says where it is")
    func invalidFile() async throws {
        let bench = try ReloadBench(source("hub"))
        try bench.file.write(source("lab") + "listenrs: {}\n")
        let plan = await bench.reload()
        #expect(plan.sources.map(\.name) == ["hub"])
        #expect(bench.sources.entry(named: "hub") != nil)
        #expect(bench.sources.entry(named: "lab") == nil)
        let error = try #require(bench.log.entries.first)
        #expect(bench.log.entries.count == 1)
        #expect(error.level == .error)
        let problems = try #require(error.metadata["problems"]?.description)
        #expect(problems.contains("\(bench.file.path):3:1: unknown key \"listenrs\""))
    }

    @Test("A plan that cannot be put into force leaves the old one, and the log says why")
    func failingApply() async throws {
        let bench = try ReloadBench(source("hub"))
        try bench.file.write(source("lab"))
        let plan = await bench.reload { _ in throw Refusal() }
        #expect(plan.sources.map(\.name) == ["hub"])
        #expect(bench.log.entries.map(\.level) == [.error])
        #expect(bench.log.entries.first?.metadata["problems"] == "no room")
    }

    @Test("A file without any source, as one being written, is not taken", arguments: ["", "sources:\n"])
    func noSource(text: String) async throws {
        let bench = try ReloadBench(source("hub"))
        try bench.file.write(text)
        let plan = await bench.reload()
        #expect(plan.sources.map(\.name) == ["hub"])
        #expect(bench.log.entries.map(\.level) == [.error])
    }

    @Test("Listeners and their policies change without a restart")
    func listeners() async throws {
        let bench = try ReloadBench(source("hub") + "listeners: {pushes: , everything: }\n")
        try bench.file.write(
            source("hub") + "dispatcher: {defaults: {timeout: 3s}}\nlisteners: {pushes: }\n"
        )
        let plan = await bench.reload()
        #expect(plan.listeners.map(\.settings.policy.timeout) == [.seconds(3)])
        #expect(bench.log.entries.map(\.level) == [.notice])
        #expect(bench.log.entries.first?.metadata["listeners"] == "pushes")
        #expect(bench.log.entries.first?.metadata["listeners.before"] == "everything pushes")
    }

    @Test(
        "What needs a restart is told",
        arguments: [
            "ingest: {maxBodyBytes: 1MiB}", "admin: {listen: \"127.0.0.1:0\"}", "outbox: {path: other.db}",
            "dispatcher: {threads: 3}", "dispatcher: {drain: 3s}",
        ]
    )
    func restart(setting: String) async throws {
        let bench = try ReloadBench(source("hub"))
        try bench.file.write(source("hub") + setting + "\n")
        await bench.reload()
        #expect(bench.log.entries.map(\.level) == [.notice, .warning])
    }

    private func source(_ name: String) -> String {
        "sources:\n  \(name): {provider: github, secrets: [\"env:HUB_SECRET\"]}\n"
    }
}

/// What stands in the way of a plan.
private struct Refusal: CustomStringConvertible, Error {
    let description = "no room"
}

/// A service with a file and a log of its own, in which the sources of a plan come into force.
private struct ReloadBench {
    let file: ConfigurationFile
    let sources: SourceTable
    let log = InMemoryLogHandler()

    private let current: ServicePlan

    init(_ text: String) throws {
        file = try ConfigurationFile(text)
        current = try file.load().plan
        sources = SourceTable(current.sources, metricsFactory: TestMetrics())
    }

    @discardableResult
    func reload() async -> ServicePlan {
        await reload { [sources] in sources.replace(with: $0.sources) }
    }

    func reload(apply: @escaping @Sendable (ServicePlan) async throws -> Void) async -> ServicePlan {
        let reloader = Reloader(
            loadPlan: { [file] in try file.load().plan },
            apply: apply,
            current: current,
            status: nil,
            logger: Logger(label: "test") { [log] _ in log }
        )
        _ = try? await reloader.reload()  // a refusal is in the log
        return reloader.plan
    }
}
