import Events
import TestKit
import Testing

@testable import Ingest

@Suite("Connections under arbitrary events")
struct ConnectionPropertyTests {
    /// A connection, and what a client and the event loop may know of it.
    private struct Subject {
        var machine: ConnectionStateMachine
        var heads = 0
        var answers = 0
        var isAnswerPending = false
        var isOver = false
        var processing: [UInt64] = []

        /// Notes an action and returns what is wrong with it, if anything.
        mutating func note(_ action: ConnectionStateMachine.Action) -> String? {
            switch action {
            case .none, .count: return nil
            case .writeInterim, .readOn: return isOver ? "went on after the end" : nil
            case .process(let number):
                processing.append(number)
                return isOver || isAnswerPending ? "processed out of turn" : nil
            case .write:
                answers += 1
                defer { isAnswerPending = true }
                if isOver { return "answered after the end" }
                if isAnswerPending { return "answered twice" }
                return answers > heads + 1 ? "answered more often than asked" : nil
            case .close, .linger:
                defer { isOver = true }
                return isOver ? "ended twice" : nil
            }
        }

        mutating func step(using generator: inout SeededGenerator) -> ConnectionStateMachine.Action {
            switch Int.random(in: 0..<14, using: &generator) {
            case 0, 1:
                machine.feeding(Int.random(in: 1...900, using: &generator))
                return machine.fed()
            case 2, 3:
                heads += 1
                return machine.received(head: Self.outline(using: &generator))
            case 4, 5, 6: return machine.received(bodyBytes: Int.random(in: 1...400, using: &generator))
            case 7, 8: return machine.receivedEnd()
            case 9:
                let number = processing.randomElement(using: &generator) ?? 99
                let isAccepted = Bool.random(using: &generator)
                let receipt = DeliveryReceipt(delivery: 1, events: [], isDuplicate: false)
                return machine.answered(
                    isAccepted ? .accepted(receipt) : .refused(.unavailable),
                    number: number
                )
            case 10, 11:
                guard isAnswerPending else { return .none }
                isAnswerPending = false
                return machine.written()
            case 12:
                switch Int.random(in: 0..<6, using: &generator) {
                case 0: return machine.timedOut()
                case 1: return machine.inputEnded()
                case 2: return machine.failed(.malformed)
                case 3: return machine.leave(.share)
                case 4: return machine.leave(.slow)
                default:
                    machine.stop()
                    return .none
                }
            default:
                guard Int.random(in: 0..<8, using: &generator) == 0 else { return .none }
                isOver = true
                machine.disconnected()
                return .none
            }
        }

        private static func outline(using generator: inout SeededGenerator) -> RequestOutline {
            var outline = RequestOutline()
            outline.isRouted = Int.random(in: 0..<5, using: &generator) > 0
            outline.isMalformed = Int.random(in: 0..<9, using: &generator) == 0
            outline.isUnprovable = Int.random(in: 0..<5, using: &generator) == 0
            outline.method = [.post, .post, .post, .head, .other].randomElement(using: &generator) ?? .post
            outline.body =
                [.none, .chunked, .length(Int.random(in: 1...1200, using: &generator))]
                .randomElement(using: &generator) ?? .none
            outline.keepsAlive = Int.random(in: 0..<4, using: &generator) > 0
            outline.expectsContinue = Bool.random(using: &generator)
            return outline
        }
    }

    @Test("No order of events traps, answers twice or goes on after the end, and no byte stays reserved")
    func arbitraryEvents() {
        var generator = SeededGenerator(printedFor: "arbitrary events")
        for _ in 0..<300 {
            let settings = IngestSettings.small()
            let budget = InFlightBudget(bytesMax: 1500)
            var subjects = (0..<5).map { _ in
                Subject(
                    machine: ConnectionStateMachine(
                        settings: settings,
                        account: ConnectionAccount(budget: budget)
                    )
                )
            }
            for _ in 0..<400 {
                let index = Int.random(in: subjects.indices, using: &generator)
                let action = subjects[index].step(using: &generator)
                let fault = subjects[index].note(action)
                #expect(fault == nil, "seed \(generator.seed)")
                #expect((0...1500).contains(budget.bytesHeld), "seed \(generator.seed)")
            }
            for index in subjects.indices {
                subjects[index].machine.disconnected()
                for number in subjects[index].processing {
                    _ = subjects[index].machine.answered(.refused(.unavailable), number: number)
                }
                #expect(subjects[index].machine.state == .ended, "seed \(generator.seed)")
            }
            #expect(budget.bytesHeld == 0, "seed \(generator.seed)")
        }
    }

    @Test("Connections are counted exactly, in all and by client, whatever comes and goes")
    func counts() {
        var generator = SeededGenerator(printedFor: "connection counts")
        var counts = ConnectionCounts()
        var model: [ClientAddress] = []
        for _ in 0..<5000 {
            if Bool.random(using: &generator) {
                let address = ["192.0.2.1", "192.0.2.2", "2001:db8::1", nil].randomElement(using: &generator)
                let client = ClientAddress(peer: address ?? nil)
                counts.add(client)
                model.append(client)
            } else if let index = model.indices.randomElement(using: &generator) {
                counts.remove(model.remove(at: index))
            }
            #expect(counts.total == model.count, "seed \(generator.seed)")
            let byClient = Dictionary(grouping: model) { $0 }.mapValues(\.count)
            #expect(counts.most == byClient.values.max() ?? 0, "seed \(generator.seed)")
        }
        for client in model { counts.remove(client) }
        #expect(counts.isEmpty)
    }

    private static let pieces = [
        "POST /webhooks/github HTTP/1.1\r\n", "GET / HTTP/1.1\r\n", "POST /webhooks/no HTTP/1.0\r\n",
        "Host: a\r\n",
        "Content-Length: 5\r\n", "Content-Length: 5000\r\n", "Transfer-Encoding: chunked\r\n", "\r\n", "\r\n",
        "hello",
        "5\r\nhello\r\n", "0\r\n\r\n", "0\r\nT: x\r\n\r\n", "Connection: close\r\n",
        "Expect: 100-continue\r\n",
        "Upgrade: h2c\r\n", "Connection: upgrade\r\n", "X: " + String(repeating: "y", count: 900) + "\r\n",
        "\n", "\r",
        "\u{0}", " ", ":", TestRequest.post("{}"), TestRequest.post("forged"),
        TestRequest.chunked(["{", "}"]),
    ]

    @Test("No bytes, however cut, trap, are answered out of form or leave anything behind")
    func arbitraryBytes() throws {
        var generator = SeededGenerator(printedFor: "arbitrary bytes")
        for _ in 0..<400 {
            let sink = StubSink(isImmediate: Bool.random(using: &generator))
            let connection = try EmbeddedConnection(context: .stub(sink: sink))
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                var text = ""
                for _ in 0..<Int.random(in: 1...9, using: &generator) {
                    text += Self.pieces.randomElement(using: &generator) ?? ""
                }
                let cut = Int.random(in: 0...text.utf8.count, using: &generator)
                for part in [text.utf8.prefix(cut), text.utf8.dropFirst(cut)] where connection.isOpen {
                    try connection.send(String(decoding: part, as: UTF8.self))
                }
                if Bool.random(using: &generator) { sink.commit() }
                if Int.random(in: 0..<9, using: &generator) == 0 { connection.pass(11) }
                if Int.random(in: 0..<20, using: &generator) == 0 { connection.endInput() }
                if Int.random(in: 0..<30, using: &generator) == 0 { connection.stop() }
            }
            let output = try connection.takeOutput()
            var rest = output
            while TestAnswer.take(from: &rest) != nil {}
            #expect(rest.isEmpty, "seed \(generator.seed): \(output)")
            connection.cut()
            while sink.waitingCount > 0 { sink.commit() }
            #expect(connection.shared.budget.bytesHeld == 0, "seed \(generator.seed)")
            #expect(connection.registry.isEmpty, "seed \(generator.seed)")
        }
    }
}
