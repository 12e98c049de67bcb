import Dispatcher
import Events
import Foundation
import ListenerKit
import Logging
import SystemPackage
import TestKit
import Testing

@testable import Dispatcher

@Suite("Attempts in a process of their own: the process's side", .timeLimit(.minutes(10)))
struct IsolatedAttemptTests {
    @Test("The listener gets the event and the context, and the daemon two answers")
    func delivered() async throws {
        let contexts = Journal<ListenerContext>()
        let bench = try AttemptBench { _, context in
            contexts.append(context)
            let payload = try await context.payload()
            #expect(payload == Array("delivery 12".utf8))
        }
        try bench.send()
        #expect(await bench.run() == 0)
        #expect(try bench.answers() == [IsolatedAnswer(.started), IsolatedAnswer(.delivered)])
        let context = try #require(contexts.elements.first)
        #expect(context.eventId == 15)
        #expect(context.attempt == 3)
        #expect(context.deadline == Timestamp(milliseconds: 1_800_000_010_000))
        #expect(context.repository?.fullName == "acme/app")
        #expect(context.logger[metadataKey: "event.id"] == "15")
    }

    @Test("What the listener throws is answered")
    func throwing() async throws {
        let bench = try AttemptBench { _, _ in throw ListenerError.permanent("gone") }
        try bench.send()
        #expect(await bench.run() == 0)
        let answer = try #require(try bench.answers().last)
        #expect(throws: ListenerError.permanent("gone")) { try answer.end() }
    }

    @Test("An event that the listener cannot decode is a failure, not a crash")
    func undecodable() async throws {
        let bench = try AttemptBench { _, _ in }
        try bench.send(event: Array("{}".utf8))
        #expect(await bench.run() == 0)
        #expect(try bench.answers().map(\.outcome) == [.started, .failed])
    }

    @Test("An event of a mebibyte arrives")
    func large() async throws {
        let texts = Journal<String>()
        let bench = try AttemptBench { event, _ in texts.append(event.json) }
        let json = ClaimedDispatch.example().json
        let event =
            json.dropLast() + Array((",\"x\":\"" + String(repeating: "y", count: 1 << 20) + "\"}").utf8)
        // The pipe holds less: somebody has to read while this writes.
        async let code = bench.run()
        let sender = Thread { try? bench.send(event: Array(event)) }
        sender.start()
        #expect(await code == 0)
        #expect(texts.elements.first?.utf8.count == event.count)
    }

    @Test("At the deadline the handler is cancelled")
    func deadline() async throws {
        let bench = try AttemptBench { _, _ in
            try await waitForCancellation()
        }
        try bench.send()
        async let code = bench.run()
        await bench.clock.sleeper(for: .seconds(10))
        bench.clock.advance(by: .seconds(10))
        #expect(await code == 0)
        #expect(try bench.answers().map(\.outcome) == [.started, .failed])
    }

    @Test("When the daemon is gone, nothing goes on")
    func daemonGone() async throws {
        let bench = try AttemptBench { _, _ in }
        try bench.send()
        #expect(await bench.run() == 0)
        #expect(bench.goneSignals.elements.isEmpty)
        try bench.closeInput()
        #expect(await bench.goneSignals.first(1).count == 1)
    }

    @Test(
        "What is no request is not answered, and the log says so",
        arguments: ["", "{}\n", "no JSON\n", String(repeating: "x", count: 5000), "{\"token\":\"word\"}\n{}"]
    )
    func garbage(text: String) async throws {
        let bench = try AttemptBench { _, _ in }
        try bench.write(Array(text.utf8))
        try bench.closeInput()
        #expect(await bench.run() == 1)
        #expect(try bench.answers().isEmpty)
        let entry = try #require(bench.log.entries.elements.first)
        #expect(entry.level == .error)
        #expect(entry["listener.name"] == "suspect")
    }
}

/// The process's side with a pipe before it and one behind it.
private struct AttemptBench {
    let clock = ManualClock()
    let log = LogJournal()
    let goneSignals = Journal<Bool>()

    private let listener: AnyListener
    private let input: (readEnd: FileDescriptor, writeEnd: FileDescriptor)
    private let output: (readEnd: FileDescriptor, writeEnd: FileDescriptor)

    private struct Suspect: Listener {
        let name = "suspect"
        let handler: @Sendable (AnyEvent, ListenerContext) async throws -> Void

        func handle(_ event: AnyEvent, context: ListenerContext) async throws {
            try await handler(event, context)
        }
    }

    init(handler: @escaping @Sendable (AnyEvent, ListenerContext) async throws -> Void) throws {
        listener = AnyListener(Suspect(handler: handler))
        input = try FileDescriptor.pipe()
        output = try FileDescriptor.pipe()
    }

    func send(event: [UInt8] = ClaimedDispatch.example().json) throws {
        let request = IsolatedRequest(
            token: "word",
            event: 15,
            delivery: 12,
            attempt: 3,
            deadline: Timestamp(milliseconds: 1_800_000_010_000),
            timeoutMilliseconds: 10_000,
            eventBytes: event.count
        )
        try write(try request.line() + event)
    }

    func write(_ bytes: [UInt8]) throws { try input.writeEnd.writeAll(bytes) }

    func closeInput() throws { try input.writeEnd.close() }

    func run() async -> Int32 {
        var environment = IsolatedAttempt.Environment(
            clock: clock.machineClock,
            logger: log.logger,
            payload: { Array("delivery \($0)".utf8) }
        )
        environment.input = input.readEnd.rawValue
        environment.output = output.writeEnd.rawValue
        environment.ignoresSignals = false
        environment.onDaemonGone = { [goneSignals] in goneSignals.append(true) }
        return await IsolatedAttempt.run(listener, environment)
    }

    /// All that was answered; to be called once, at the end.
    func answers() throws -> [IsolatedAnswer] {
        try output.writeEnd.close()
        let text = String(decoding: try readAll(output.readEnd), as: UTF8.self)
        return try text.split(separator: "\n").map { line in
            try JSONDecoder().decode(IsolatedAnswer.self, from: Data(line.dropFirst("word ".count).utf8))
        }
    }

    private func readAll(_ descriptor: FileDescriptor) throws -> [UInt8] {
        // The buffer lives as long as the call, which says how much of it is filled.
        try unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            unsafe count = try descriptor.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }
}
