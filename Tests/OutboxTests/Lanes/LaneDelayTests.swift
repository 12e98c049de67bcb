import Testing

@testable import Outbox

@Suite("What a failure means for its lane")
struct LaneDelayTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var next: Int64 = 500
        var heldUntil: Int64?
        var hold: Int64 = 1000
        var isReleased = false
        var hasLane = true
        let place: LanePlace
        let end: Int64?
        let wakeAt: Int64
    }

    @Test(
        "It waits for its time, and holds its lane or not",
        arguments: [
            Case(testDescription: "first failure", place: .holding, end: 1100, wakeAt: 500),
            Case(
                testDescription: "retried after the hold",
                next: 5000,
                place: .holding,
                end: 1100,
                wakeAt: 1100
            ),
            Case(
                testDescription: "second failure within",
                heldUntil: 300,
                place: .holding,
                end: 300,
                wakeAt: 300
            ),
            Case(
                testDescription: "failure after its hold",
                heldUntil: 99,
                place: .waiting,
                end: 99,
                wakeAt: 500
            ),
            Case(testDescription: "released lane", isReleased: true, place: .waiting, end: 100, wakeAt: 500),
            Case(testDescription: "no hold configured", hold: 0, place: .waiting, end: 100, wakeAt: 500),
            Case(
                testDescription: "a lane of its own",
                hasLane: false,
                place: .waiting,
                end: nil,
                wakeAt: 500
            ),
        ]
    )
    func delay(fact: Case) {
        let delay = LaneDelay(
            nextAttemptAt: fact.next,
            heldUntil: fact.heldUntil,
            hold: fact.hold,
            isLaneReleased: fact.isReleased,
            hasLane: fact.hasLane,
            now: 100
        )
        #expect(delay.place == fact.place)
        #expect(delay.heldUntil == fact.end)
        #expect(delay.wakeAt == fact.wakeAt)
    }
}
