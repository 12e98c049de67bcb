import Dispatcher
import Events
import Synchronization
import TestKit
import Testing

@testable import class Dispatcher.ChildRoom

@Suite("Room for processes", .timeLimit(.minutes(10)))
struct ChildRoomTests {
    private let clock = ManualClock()
    private let told = Journal<String>()

    private func room(children: Int) -> ChildRoom {
        var observer = ChildRoom.Observer()
        observer.onFull = { [told] in told.append("full \($0)") }
        observer.onRefusal = { [told] in told.append("refused \($0)") }
        return ChildRoom(children: children, clock: clock.machineClock, observer: observer)
    }

    @Test("No more run at the same time than there is room for, and all run in the end")
    func full() async throws {
        let room = room(children: 3)
        let tally = Tally()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await room.whenFree {
                        tally.begin()
                        for _ in 0..<10 { await Task.yield() }
                        tally.end()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(tally.most <= 3 && tally.all == 200)
    }

    @Test("Who waits can be cancelled, and takes nobody's room with it")
    func cancelled() async throws {
        let room = room(children: 1)
        let (entered, gate, done) = (Gate(), Gate(), Journal<String>())
        async let first: Void = room.whenFree {
            entered.open()
            await gate.pass()
        }
        await entered.pass()
        let waiting = Task { try await room.whenFree { done.append("cancelled") } }
        // It waits from then on.
        #expect(await told.first(1) == ["full 1"])
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        gate.open()
        try await first
        try await room.whenFree { done.append("next") }
        #expect(done.elements == ["next"])
    }

    @Test("After a refusal nobody begins for a while, for longer with each, until a program was started")
    func refused() async throws {
        let room = room(children: 4)
        for seconds in [1, 2, 4, 8, 16, 30, 30] {
            room.refused("too many open files")
            // One that began before the refusal is refused as well, which says nothing new.
            room.refused("too many open files")
            let attempt = Task { try await room.whenFree {} }
            #expect(await clock.sleeper(for: .seconds(seconds)))
            clock.advance(by: .seconds(seconds))
            try await attempt.value
        }
        #expect(told.elements == ["refused too many open files"])
        room.started()
        room.refused("out of memory")
        #expect(told.elements.last == "refused out of memory")
        let attempt = Task { try await room.whenFree {} }
        #expect(await clock.sleeper(for: .seconds(1)))
        attempt.cancel()
        await #expect(throws: CancellationError.self) { try await attempt.value }
        clock.advance(by: .seconds(1))
        try await room.whenFree {}
    }
}

/// Counts what runs at the same time.
private final class Tally: Sendable {
    private let state = Mutex((now: 0, most: 0, all: 0))

    var most: Int { state.withLock { $0.most } }
    var all: Int { state.withLock { $0.all } }

    func begin() {
        state.withLock { state in
            state.now += 1
            state.all += 1
            state.most = max(state.most, state.now)
        }
    }

    func end() { state.withLock { $0.now -= 1 } }
}
