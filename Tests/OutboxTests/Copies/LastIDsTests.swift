import Testing

@testable import Outbox

@Suite("Ids after a restoration")
struct LastIDsTests {
    private static let roomy = LastIDs.idMax - 2 * LastIDs.distance

    @Test("They begin above those of both files, each count for itself")
    func bothFiles() throws {
        let copy = LastIDs(deliveries: 5, events: 9)
        let replaced = LastIDs(deliveries: 7, events: 8)
        let distance = LastIDs.distance
        #expect(try copy.raised(above: replaced) == LastIDs(deliveries: 7 + distance, events: 9 + distance))
        #expect(try copy.raised(above: nil) == LastIDs(deliveries: 5 + distance, events: 9 + distance))
    }

    @Test("There is room for as many again behind them, and for their dispatches' positions, or they stay")
    func room() throws {
        let last = try LastIDs(deliveries: 0, events: Self.roomy).raised(above: nil).events
        #expect(last + LastIDs.distance == LastIDs.idMax)
        #expect(WriterContext.position(ofEvent: LastIDs.idMax) > WriterContext.position(ofEvent: last))
        #expect(Int64.max - WriterContext.position(ofEvent: LastIDs.idMax) >= (1 << 20) - 1)
        for full in [
            LastIDs(deliveries: 0, events: Self.roomy + 1), LastIDs(deliveries: Self.roomy + 1, events: 0),
            LastIDs(deliveries: .max, events: .max),
        ] {
            let error = try #require(throws: OutboxError.self) { try full.raised(above: nil) }
            #expect(error.code == .refused && error.message.contains("begin a new outbox"))
            #expect(throws: OutboxError.self) {
                try LastIDs(deliveries: 0, events: 0).raised(above: full)
            }
        }
    }
}
