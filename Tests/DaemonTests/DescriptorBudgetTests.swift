@testable import Daemon
import Settings
import Testing

@Suite("The budget of descriptors")
struct DescriptorBudgetTests {
    private func configuration(connections: Int = 2048, commands: Int = 1) -> Configuration {
        var configuration = Configuration()
        configuration.ingest.limits.connections = connections
        configuration.listeners = (0..<commands).map { number in
            ListenerConfiguration(
                name: "command-\(number)",
                target: .command(CommandConfiguration(words: ["true"]))
            )
        }
        return configuration
    }

    private func budget(_ limit: Int, connections: Int = 2048, commands: Int = 1, cores: Int = 2)
        -> DescriptorBudget
    {
        DescriptorBudget(
            limit: limit,
            for: configuration(connections: connections, commands: commands),
            cores: cores
        )
    }

    @Test("Where there is room, connections are as configured, and nothing is told")
    func ample() {
        let budget = budget(1 << 20)
        #expect(budget.connections == 2048)
        #expect(budget.children > 1000)
        #expect(budget.warning == nil)
    }

    @Test("Where there is not, connections are fewer, and the warning has the numbers and what to do")
    func tight() throws {
        let budget = budget(1024)
        #expect((500..<1000).contains(budget.connections))
        #expect(budget.children == 8, "the command's concurrency, and as much for isolated attempts")
        let warning = try #require(budget.warning)
        for part in ["2048", "1024", "\(budget.connections)", "LimitNOFILE", "ingest.limits.connections"] {
            #expect(warning.contains(part), "\(warning)")
        }
    }

    @Test(
        "Whatever the limit is, a command can run, and somebody can connect",
        arguments: [0, 16, 64, 96, 256]
    )
    func tiny(limit: Int) {
        let budget = budget(limit, commands: 50, cores: 64)
        #expect(budget.connections >= 1)
        #expect(budget.children >= 1)
    }

    @Test("What is shared out never exceeds the limit, lingering refusals counted", arguments: 96...3000)
    func sum(limit: Int) {
        let budget = budget(limit, commands: limit % 7)
        let refused = min(256, budget.connections / 8)
        #expect(budget.connections + refused + budget.children * 7 + budget.operators + 46 <= limit)
        #expect(budget.connections <= 2048)
        let admin = ConnectionLimits.admin(IngestLimits(), operators: budget.operators).connections
        let control = ConnectionLimits.control(IngestLimits(), operators: budget.operators).connections
        #expect(admin + control == budget.operators)
    }
}
