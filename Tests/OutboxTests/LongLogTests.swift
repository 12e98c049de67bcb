import Events
import Testing

@testable import Outbox

@Suite("What is told of a long log, and what is remembered of sizes")
struct LongLogTests {
    private let start = ContinuousClock.now

    @Test("It is told at once, then once an hour while it lasts, and again if it comes back")
    func hourly() {
        var notice = LongLogNotice()
        func isDue(_ isHeldBack: Bool, minute: Int) -> Bool {
            notice.isDue(isHeldBack: isHeldBack, now: start.advanced(by: .seconds(60 * minute)))
        }
        #expect(!isDue(false, minute: 0))
        #expect(isDue(true, minute: 1))
        #expect(!isDue(true, minute: 2))
        #expect(!isDue(false, minute: 3))
        #expect(!isDue(true, minute: 60))
        #expect(isDue(true, minute: 61))
        #expect(!isDue(true, minute: 62))
    }

    @Test("One large transaction makes no reader; only a log that outlives a step is held back")
    func heldBack() {
        var plan = CheckpointPlan()
        func commit(_ pages: Int) -> Bool {
            plan.transactionBegins(isStepUnderWay: false)
            plan.committed(pages: pages)
            _ = plan.next()
            return plan.isHeldBack
        }
        #expect(!commit(10))
        #expect(!commit(20_000))
        #expect(!commit(9_000))
        #expect(commit(9_001))
        #expect(!commit(100))
        #expect(!commit(800))
        #expect(!commit(810))
        #expect(commit(CheckpointPlan.heldPagesMin))
    }

    @Test("The largest number of an hour is known for an hour at least, and for no more than two")
    func recent() {
        func after(_ minutes: Int) -> Uptime { start.advanced(by: .seconds(60 * minutes)) }
        var recent = RecentMaximum(now: start)
        #expect(recent.value(now: start) == 0)
        recent.note(7, now: after(1))
        recent.note(5, now: after(59))
        #expect(recent.value(now: after(61)) == 7)
        recent.note(3, now: after(62))
        #expect(recent.value(now: after(120)) == 7)
        #expect(recent.value(now: after(122)) == 3)
        #expect(recent.value(now: after(400)) == 0)
    }

    @Test("Of the machine's locks those of a file are known, with their processes, and who waits is none")
    func locks() {
        let locks = SystemLocks(
            """
            1: POSIX  ADVISORY  READ 13 fe:00:99 124 124
            2: POSIX  ADVISORY  READ 12 fe:00:99 123 127
            3: POSIX  ADVISORY  READ 12 fe:00:99 123 123
            4: POSIX  ADVISORY  READ 14 fe:00:99 128 128
            5: POSIX  ADVISORY  WRITE 15 fe:00:99 120 120
            6: POSIX  ADVISORY  READ 16 fe:00:98 124 124
            7: FLOCK  ADVISORY  WRITE 17 fe:00:97 0 EOF
            7: -> FLOCK  ADVISORY  WRITE 18 fe:00:96 0 EOF
            8: OFDLCK ADVISORY  READ -1 fe:00:99 124 124
            9: nonsense

            """
        )
        #expect(locks.readers(of: 99) == [12, 13])
        #expect(locks.holder(of: 97) == 17)
        #expect(locks.holder(of: 96) == nil)
        #expect(locks.holder(of: 99) == nil)
    }

    @Test("A lock tells who has it and whether it is waited for; one of an earlier version only who")
    func holder() throws {
        let isPassing: [OutboxRole: Bool] = [.command: true, .starting: true, .ready: false, .stopping: true]
        for (role, expected) in isPassing {
            let holder = try #require(LockHolder(LockHolder(processID: 12, role: role).text))
            #expect(holder.processID == 12)
            #expect(holder.role == role)
            #expect(holder.isPassing == expected)
        }
        let earlier = try #require(LockHolder("4711\n"))
        #expect(earlier.description == "process 4711")
        #expect(!earlier.isPassing)
        // A shorter text has just been written over a longer one.
        #expect(LockHolder("12\nready\ning\n")?.role == .ready)
        #expect(LockHolder("") == nil)
        #expect(LockHolder("no\ncommand\n") == nil)
    }
}
