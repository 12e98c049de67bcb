import Events
import Providers
import Testing

@Suite("Azure DevOps's words for results")
struct AzureDevOpsBuildResultTests {
    typealias Row = (String, String, BuildStatus, BuildConclusion?)

    static let rows: [Row] = [
        ("none", "", .pending, nil), ("notStarted", "", .pending, nil), ("postponed", "", .pending, nil),
        ("pending", "", .pending, nil), ("waiting", "", .pending, nil), ("inProgress", "", .running, nil),
        ("running", "", .running, nil), ("cancelling", "", .running, nil), ("canceling", "", .running, nil),
        ("completed", "succeeded", .completed, .success),
        ("completed", "partiallySucceeded", .completed, .neutral),
        ("completed", "succeededWithIssues", .completed, .neutral),
        ("completed", "failed", .completed, .failure), ("completed", "rejected", .completed, .failure),
        ("completed", "canceled", .completed, .cancelled), ("completed", "stopped", .completed, .cancelled),
        ("completed", "abandoned", .completed, .cancelled), ("completed", "skipped", .completed, .skipped),
        ("completed", "none", .completed, .unknown), ("completed", "", .completed, .unknown),
        ("completed", "exploded", .completed, .unknown),
        // Old builds have their result as status.
        ("succeeded", "", .completed, .success), ("partiallySucceeded", "", .completed, .neutral),
        ("failed", "", .completed, .failure), ("stopped", "", .completed, .cancelled),
        // New and missing words are over when a result says so; a status that is not over has none.
        ("levitating", "", .pending, nil), ("levitating", "failed", .completed, .failure),
        ("levitating", "none", .pending, nil), ("", "succeeded", .completed, .success),
        ("inProgress", "succeeded", .running, nil),
    ]

    @Test("States and results of runs, stages and jobs", arguments: rows)
    func pipelines(row: Row) throws {
        let words = #"{"state":"\#(row.0)","result":"\#(row.1)"}"#
        let run: CheckSuiteEvent = try event(
            nil,
            AzureDevOpsDeliveries.body(AzureDevOpsDeliveries.run, #"{"run":\#(words)}"#),
            from: AzureDevOps()
        )
        #expect(run.checkSuite.status == row.2 && run.checkSuite.conclusion == row.3)
        #expect(run.checkSuite.rawStatus == (row.0.isEmpty ? nil : row.0))
        #expect(run.checkSuite.rawConclusion == (row.1.isEmpty ? nil : row.1))
        for name in ["stage", "job"] {
            let part: CheckRunEvent = try event(
                nil,
                AzureDevOpsDeliveries.body(
                    "ms.vss-pipelines.\(name)-state-changed-event",
                    #"{"\#(name)":\#(words)}"#
                ),
                from: AzureDevOps()
            )
            #expect(part.checkRun.status == row.2 && part.checkRun.conclusion == row.3)
        }
    }

    @Test("Statuses and results of builds, which are over when they are told of", arguments: rows)
    func builds(row: Row) throws {
        let build: CheckSuiteEvent = try event(
            nil,
            AzureDevOpsDeliveries.body("build.complete", #"{"status":"\#(row.0)","result":"\#(row.1)"}"#),
            from: AzureDevOps()
        )
        let isNew = row.0 == "levitating" && row.2 == .pending
        #expect(build.action == .completed)
        #expect(build.checkSuite.status == (isNew ? .completed : row.2))
        #expect(build.checkSuite.conclusion == (isNew ? .unknown : row.3))
    }

    @Test("A new state with a time of completion is over")
    func completionTime() throws {
        let run: CheckRunEvent = try event(
            nil,
            AzureDevOpsDeliveries.body(
                AzureDevOpsDeliveries.job,
                #"{"job":{"state":"levitating","finishTime":"2026-01-01T00:00:00Z"}}"#
            ),
            from: AzureDevOps()
        )
        #expect(run.checkRun.status == .completed && run.checkRun.conclusion == .unknown)
        #expect(run.action == .completed)
    }
}
