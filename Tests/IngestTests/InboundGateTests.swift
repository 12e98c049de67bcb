import NIOCore
import NIOEmbedded
import Testing

@testable import Ingest

@Suite("The inbound gate")
struct InboundGateTests {
    /// Takes bytes only when the test says so.
    private final class Keeper: InboundGateKeeper {
        var wantsInput = false
        var readDelay = TimeAmount.zero
        var delayedBytes: [Int] = []
        var arrivals = 0

        func readDelay(afterReading count: Int) -> TimeAmount {
            delayedBytes.append(count)
            return readDelay
        }

        func inputArrived() { arrivals += 1 }
        func connectionEnded() {}
    }

    private struct Bench {
        let budget: InFlightBudget
        let keeper = Keeper()
        let gate: InboundGate
        let channel: EmbeddedChannel

        init(bytesMax: Int) throws {
            budget = InFlightBudget(bytesMax: bytesMax)
            gate = InboundGate(account: ConnectionAccount(budget: budget))
            gate.keeper = keeper
            channel = EmbeddedChannel(handler: gate)
        }

        func receive(_ count: Int) throws {
            try channel.writeInbound(ByteBuffer(repeating: 0x20, count: count))
        }
    }

    @Test("What is held counts against the budget of all connections until it is fed")
    func counted() throws {
        let bench = try Bench(bytesMax: 1000)
        try bench.receive(600)
        #expect(bench.budget.bytesHeld == 600)
        bench.gate.feed(500)
        #expect(bench.budget.bytesHeld == 100)
        try bench.receive(50)
        #expect(bench.budget.bytesHeld == 150)
        bench.gate.discard()
        #expect(bench.budget.bytesHeld == 0)
    }

    @Test("What the budget has no room for is dropped, and the input counts as ended")
    func dropped() throws {
        let bench = try Bench(bytesMax: 1000)
        try bench.receive(600)
        try bench.receive(600)
        #expect(bench.budget.bytesHeld == 0)
        #expect(bench.gate.isExhausted)
        #expect(bench.keeper.arrivals == 3)
        try bench.receive(10)
        #expect(bench.gate.isExhausted)
    }

    @Test("One connection holds no more than its own limit, however large the budget is")
    func ownLimit() throws {
        let bench = try Bench(bytesMax: 1 << 30)
        try bench.receive(InboundGate.heldBytesMax)
        #expect(bench.budget.bytesHeld == InboundGate.heldBytesMax)
        try bench.receive(1)
        #expect(bench.budget.bytesHeld == 0)
        #expect(bench.gate.isExhausted)
    }

    @Test("A connection that ends gives back what it held")
    func ended() throws {
        let bench = try Bench(bytesMax: 1000)
        try bench.receive(600)
        _ = try bench.channel.finish(acceptAlreadyClosed: true)
        #expect(bench.budget.bytesHeld == 0)
    }

    /// Counts how often more input is asked for.
    private final class ReadCounter: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    @Test("Who has to wait is read once when the time has come, and not before, by what had arrived")
    func delayed() throws {
        let bench = try Bench(bytesMax: 1000)
        let counter = ReadCounter()
        try bench.channel.pipeline.syncOperations.addHandler(counter, position: .first)
        bench.keeper.wantsInput = true
        bench.keeper.readDelay = .milliseconds(10)
        try bench.receive(70)
        bench.gate.feed(70)
        bench.channel.read()
        bench.channel.read()
        #expect(bench.keeper.delayedBytes == [70])
        bench.channel.embeddedEventLoop.advanceTime(by: .milliseconds(9))
        #expect(counter.count == 0)
        bench.channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
        #expect(counter.count == 1)
    }
}
