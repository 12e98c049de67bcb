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
            machine = ConnectionStateMachine(
                settings: settings,
                account: ConnectionAccount(budget: budget)
            )
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

    @Test("What a stranger causes costs the connection, with a body or without")
    func strangersLoseTheirConnection() {
        var subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.none) { $0.isRouted = false }) == .none)
        #expect(subject.machine.receivedEnd() == Self.refused(.notFound))
        #expect(subject.machine.written() == .linger)
        for refusal in Refusal.allCases where refusal != .unsupported && refusal != .unavailable {
            #expect(Answer.refused(refusal).endsConnection)
        }
        #expect(!Answer.refused(.unsupported).endsConnection)
        #expect(!Answer.refused(.unavailable).endsConnection)
        #expect(!Answer.accepted(Self.receipt).endsConnection)
    }

    @Test("A head that can never prove authentic is refused before its body, which is not even kept")
    func unprovableHead() {
        var subject = Subject()
        let announced = Self.outline { $0.isUnprovable = true }
        #expect(subject.machine.received(head: announced) == Self.refused(.unauthenticated))
        // How long a chunked body is, is told first.
        subject = Subject()
        #expect(subject.machine.received(head: Self.outline(.chunked) { $0.isUnprovable = true }) == .none)
        #expect(subject.machine.isDiscardingBody)
        #expect(subject.machine.received(bodyBytes: 900) == .none)
        #expect(subject.budget.bytesHeld == 0)
        #expect(subject.machine.receivedEnd() == Self.refused(.unauthenticated))
        subject = Subject()
        _ = subject.machine.received(head: Self.outline(.chunked) { $0.isUnprovable = true })
        #expect(subject.machine.received(bodyBytes: 1001) == Self.refused(.tooLarge))
        subject = Subject()
        let expecting = Self.outline(.chunked) {
            $0.isUnprovable = true
            $0.expectsContinue = true
        }
        #expect(subject.machine.received(head: expecting) == Self.refused(.unauthenticated))
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

    @Test("Large chunks go to the decoder in larger slices, and small ones in small slices again at once")
    func slices() {
        var subject = Subject(settings: .small { $0.limits.headerBytes = 1 << 20 })
        _ = subject.machine.received(head: Self.outline(.chunked))
        var slices: [Int] = []
        for parts in [1, 1, 1, 1, 0, 1, 2, 1, 0] {
            let count = subject.machine.sliceBytes
            slices.append(count)
            subject.machine.feeding(count)
            for _ in 0..<parts { _ = subject.machine.received(bodyBytes: 1) }
            _ = subject.machine.fed()
        }
        #expect(slices == [1024, 2048, 4096, 8192, 8192, 8192, 8192, 1024, 2048])
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
        var subject = Subject(settings: .small { $0.limits.inFlightBytes = 25 })
        var other = ConnectionStateMachine(
            settings: .small(),
            account: ConnectionAccount(budget: subject.budget)
        )
        _ = other.received(head: Self.outline())
        _ = other.received(bodyBytes: 8)
        #expect(subject.budget.bytesHeld == 10)
        _ = subject.machine.received(head: Self.outline(.length(20)))
        #expect(subject.machine.received(bodyBytes: 7) == Self.refused(.unavailable))
        #expect(subject.budget.bytesHeld == 10)
        _ = other.receivedEnd()
        _ = other.answered(.accepted(Self.receipt), number: 1)
        _ = other.written()
        #expect(subject.budget.bytesHeld == 0)
    }

    @Test("Memory is counted as it is taken: by segments, and never beyond the announced length")
    func capacityIsCounted() {
        var settings = IngestSettings(maxBodyBytes: 1 << 20)
        settings.limits.inFlightBytes = 1 << 20
        var subject = Subject(settings: settings)
        _ = subject.machine.received(head: Self.outline(.length(100_000)))
        _ = subject.machine.received(bodyBytes: 1)
        #expect(subject.budget.bytesHeld == 65_536)
        _ = subject.machine.received(bodyBytes: 65_536)
        #expect(subject.budget.bytesHeld == 100_000)
        subject = Subject(settings: settings)
        _ = subject.machine.received(head: Self.outline(.chunked))
        _ = subject.machine.received(bodyBytes: 1)
        #expect(subject.budget.bytesHeld == 1024)
        _ = subject.machine.received(bodyBytes: 1024)
        #expect(subject.budget.bytesHeld == 2048)
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
        _ = subject.machine.received(head: Self.outline(.none))
        _ = subject.machine.receivedEnd()
        _ = subject.machine.answered(.accepted(Self.receipt), number: 1)
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

    @Test("A stop lets what was begun come to its answer, and what rests send one request more")
    func stop() {
        var subject = Subject()
        subject.machine.stop()
        #expect(subject.machine.wait == .lastRequest)
        #expect(subject.machine.timedOut() == .close)

        subject = Subject()
        subject.machine.stop()
        subject.machine.feeding(1)
        #expect(subject.machine.wait == .head)
        #expect(subject.machine.received(head: Self.outline(.none)) == .none)
        #expect(subject.machine.receivedEnd() == .process(number: 1))
        let action = subject.machine.answered(.accepted(Self.receipt), number: 1)
        #expect(action == .write(.accepted(Self.receipt), connection: .close, omitsBody: false))
        #expect(subject.machine.written() == .linger)
    }

    @Test(
        "A connection that has to go is told why within a body, is closed between requests, and is let finish"
    )
    func leave() {
        var subject = Subject()
        #expect(subject.machine.leave(.idle) == .close)
        subject = Subject()
        _ = subject.machine.received(head: Self.outline())
        #expect(subject.machine.leave(.slow) == Self.refused(.timedOut))
        #expect(subject.machine.written() == .close)
        subject = Subject()
        _ = subject.machine.received(head: Self.outline())
        #expect(subject.machine.leave(.share) == Self.refused(.unavailable))
        #expect(subject.machine.written() == .close)
        subject = Subject()
        _ = subject.machine.received(head: Self.outline(.none))
        _ = subject.machine.receivedEnd()
        #expect(subject.machine.leave(.share) == .none)
        let action = subject.machine.answered(.accepted(Self.receipt), number: 1)
        #expect(action == .write(.accepted(Self.receipt), connection: .close, omitsBody: false))
    }

    @Test("A stop during the answer ends the connection behind it")
    func stopWhileAnswering() {
        var subject = Subject()
        _ = subject.machine.received(head: Self.outline(.none))
        _ = subject.machine.receivedEnd()
        _ = subject.machine.answered(.accepted(Self.receipt), number: 1)
        subject.machine.stop()
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
