import Events
import Testing

@testable import Ingest

@Suite("Connection state machine")
struct ConnectionStateMachineTests {
    private static let receipt = DeliveryReceipt(delivery: 1, events: [2], isDuplicate: false)

    private struct Subject {
        let budget: InFlightBudget
        var machine: ConnectionStateMachine

        init(settings: IngestSettings = .small()) {
            budget = InFlightBudget(bytesMax: settings.limits.inFlightBytes)
            machine = ConnectionStateMachine(settings: settings, budget: budget)
        }
    }

    private static func outline(
        _ body: RequestOutline.BodyFraming = .length(10),
        change: (inout RequestOutline) -> Void = { _ in }
    ) -> RequestOutline {
        var outline = RequestOutline()
        outline.isRouted = true
        outline.body = body
        change(&outline)
        return outline
    }

    private static func refused(_ refusal: Refusal, closes: Bool = true) -> ConnectionStateMachine.Action {
        .write(.refused(refusal), connection: closes ? .close : .persistent, omitsBody: false)
    }

    @Test("A request is read, processed and answered, and the connection goes on")
    func wholeRequest() {
        var subject = Subject()
        subject.machine.feeding(60)
        #expect(subject.machine.received(head: Self.outline()) == .none)
        #expect(subject.machine.received(bodyBytes: 10) == .none)
        #expect(subject.budget.bytesHeld == 10)
        #expect(subject.machine.receivedEnd() == .process(number: 1))
        #expect(!subject.machine.isReading)
        let action = subject.machine.answered(.accepted(Self.receipt), number: 1)
        #expect(action == .write(.accepted(Self.receipt), connection: .persistent, omitsBody: false))
        #expect(subject.budget.bytesHeld == 10)
        #expect(subject.machine.written() == .readOn)
        #expect(subject.budget.bytesHeld == 0)
        #expect(subject.machine.state == .idle)
    }

    @Test("Route comes before method, method before size")
    func order() {
        let cases: [(RequestOutline, Refusal)] = [
            (Self.outline(.length(5000)) { $0.isMalformed = true }, .malformed),
            (
                Self.outline(.length(5000)) {
                    $0.isRouted = false
                    $0.method = .other
                }, .notFound
            ),
            (Self.outline(.length(5000)) { $0.method = .other }, .methodNotAllowed),
            (Self.outline(.length(5000)), .tooLarge),
        ]
        for (outline, refusal) in cases {
            var subject = Subject()
            #expect(subject.machine.received(head: outline) == Self.refused(refusal))
            #expect(subject.machine.written() == .linger)
        }
    }

    @Test("A refused request without a body leaves the connection open")
    func refusedWithoutBody() {
        var subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.none) { $0.isRouted = false }) == .none)
        #expect(subject.machine.receivedEnd() == Self.refused(.notFound, closes: false))
        #expect(subject.machine.written() == .readOn)
    }

    @Test("An announced body of exactly the limit is taken, one byte more is refused unread")
    func announcedLength() {
        var subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.length(1000))) == .none)
        subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.length(1001))) == Self.refused(.tooLarge))
        subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.length(.max))) == Self.refused(.tooLarge))
    }

    @Test("A chunked body is refused with the byte that passes the limit")
    func realLength() {
        var subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.chunked)) == .none)
        #expect(subject.machine.received(bodyBytes: 1000) == .none)
        #expect(subject.machine.received(bodyBytes: 1) == Self.refused(.tooLarge))
        #expect(subject.machine.written() == .linger)
        #expect(subject.budget.bytesHeld == 0)
    }

    @Test("A client is told to send its body only when the head passes, and only if there is a body")
    func expectation() {
        var subject = Subject()
        #expect(subject.machine.received(head: Self.outline { $0.expectsContinue = true }) == .writeInterim)
        subject = Subject()
        let tooLarge = Self.outline(.length(1001)) { $0.expectsContinue = true }
        #expect(subject.machine.received(head: tooLarge) == Self.refused(.tooLarge))
        subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.none) { $0.expectsContinue = true }) == .none)
    }

    @Test("A body for which there is no memory is refused, and what it held is given back")
    func budget() {
        var subject = Subject(settings: .small { $0.limits.inFlightBytes = 15 })
        var other = ConnectionStateMachine(settings: .small(), budget: subject.budget)
        _ = other.received(head: Self.outline())
        _ = other.received(bodyBytes: 8)
        _ = subject.machine.received(head: Self.outline(.length(20)))
        #expect(subject.machine.received(bodyBytes: 7) == .none)
        #expect(subject.machine.received(bodyBytes: 1) == Self.refused(.unavailable))
        #expect(subject.budget.bytesHeld == 15)
        #expect(subject.machine.written() == .linger)
        #expect(subject.budget.bytesHeld == 8)
    }

    @Test("A head that fills its limit without an end is refused")
    func headTooLarge() {
        var subject = Subject(settings: .small { $0.limits.headerBytes = 1500 })
        #expect(subject.machine.sliceBytes == 1024)
        subject.machine.feeding(1024)
        #expect(subject.machine.fed() == .none)
        #expect(subject.machine.sliceBytes == 476)
        subject.machine.feeding(476)
        #expect(subject.machine.fed() == Self.refused(.headerTooLarge))
    }

    @Test("Chunk framing without data is limited like a head")
    func framingTooLarge() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline(.chunked))
        subject.machine.feeding(2048)
        #expect(subject.machine.fed() == .none)
        _ = subject.machine.received(bodyBytes: 1)
        subject.machine.feeding(2048)
        #expect(subject.machine.fed() == .none)
        subject.machine.feeding(1)
        #expect(subject.machine.fed() == Self.refused(.headerTooLarge))
    }

    @Test("A body of known length is fed to its last byte and no further")
    func bodySlices() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline(.length(300)))
        _ = subject.machine.received(bodyBytes: 100)
        #expect(subject.machine.sliceBytes == 200)
        _ = subject.machine.received(bodyBytes: 200)
        _ = subject.machine.receivedEnd()
        #expect(subject.machine.sliceBytes == 0)
    }

    @Test("What is late in coming is answered 408; what is late in beginning ends silently")
    func timeouts() {
        var subject = Subject()
        #expect(subject.machine.wait == .head)
        #expect(subject.machine.timedOut() == Self.refused(.timedOut))
        subject = Subject()
        _ = subject.machine.received(head: Self.outline())
        #expect(subject.machine.wait == .body)
        #expect(subject.machine.timedOut() == Self.refused(.timedOut))
        #expect(subject.machine.wait == .answerTaken)
        #expect(subject.machine.timedOut() == .close)
        subject = Subject()
        _ = subject.machine.received(head: Self.outline(.none) { $0.isRouted = false })
        _ = subject.machine.receivedEnd()
        _ = subject.machine.written()
        #expect(subject.machine.wait == .nextRequest)
        #expect(subject.machine.timedOut() == .close)
    }

    @Test("Bytes that go on arriving do not begin a wait anew")
    func waits() {
        var subject = Subject()
        let first = subject.machine.waitNumber
        subject.machine.feeding(1)
        subject.machine.feeding(1)
        #expect(subject.machine.waitNumber == first)
        _ = subject.machine.received(head: Self.outline())
        let second = subject.machine.waitNumber
        #expect(second > first)
        _ = subject.machine.received(bodyBytes: 1)
        #expect(subject.machine.waitNumber == second)
    }

    @Test("An answer for another request, or a second one, is not heard")
    func foreignAnswers() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline(.none))
        _ = subject.machine.receivedEnd()
        #expect(subject.machine.answered(.accepted(Self.receipt), number: 7) == .none)
        #expect(subject.machine.answered(.accepted(Self.receipt), number: 1) != .none)
        #expect(subject.machine.answered(.accepted(Self.receipt), number: 1) == .none)
        _ = subject.machine.written()
        #expect(subject.machine.answered(.accepted(Self.receipt), number: 1) == .none)
    }

    @Test("A client that goes while its delivery commits gives back the memory when the commit is done")
    func abandoned() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline())
        _ = subject.machine.received(bodyBytes: 10)
        _ = subject.machine.receivedEnd()
        subject.machine.disconnected()
        subject.machine.disconnected()
        #expect(subject.budget.bytesHeld == 10)
        #expect(
            subject.machine.answered(.accepted(Self.receipt), number: 1) == .count(.accepted(Self.receipt))
        )
        #expect(subject.budget.bytesHeld == 0)
    }

    @Test("A stop ends what rests, and lets what was begun come to its answer")
    func stop() {
        var subject = Subject()
        #expect(subject.machine.stop() == .close)

        subject = Subject()
        subject.machine.feeding(1)
        #expect(subject.machine.stop() == .none)
        #expect(subject.machine.received(head: Self.outline()) == Self.refused(.unavailable))

        subject = Subject()
        _ = subject.machine.received(head: Self.outline(.none))
        #expect(subject.machine.stop() == .none)
        _ = subject.machine.receivedEnd()
        let action = subject.machine.answered(.accepted(Self.receipt), number: 1)
        #expect(action == .write(.accepted(Self.receipt), connection: .close, omitsBody: false))
        #expect(subject.machine.written() == .linger)
    }

    @Test("A stop during the answer ends the connection behind it")
    func stopWhileAnswering() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline(.none))
        _ = subject.machine.receivedEnd()
        _ = subject.machine.answered(.accepted(Self.receipt), number: 1)
        #expect(subject.machine.stop() == .none)
        #expect(subject.machine.written() == .linger)
    }

    @Test("A client that half-closes behind its request is answered, and no lingering is needed")
    func halfClosed() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline(.none))
        _ = subject.machine.receivedEnd()
        #expect(subject.machine.inputEnded() == .none)
        let action = subject.machine.answered(.accepted(Self.receipt), number: 1)
        #expect(action == .write(.accepted(Self.receipt), connection: .close, omitsBody: false))
        #expect(subject.machine.written() == .close)
    }

    @Test("A client that half-closes within a request is told that it is malformed")
    func truncated() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline())
        #expect(subject.machine.inputEnded() == Self.refused(.malformed))
        #expect(subject.machine.written() == .close)
    }
}
