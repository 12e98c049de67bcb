import Dispatcher
import Testing

@Suite("The worker pool's threads", .timeLimit(.minutes(10)))
struct WorkerPoolTests {
    @Test("Tasks, their continuations and their child tasks run on the pool's threads")
    func runsOnItsThreads() async throws {
        await use(threads: 2) { pool in
            let names = await Task(executorPreference: pool.makeExecutor()) {
                var names = [threadName()]
                await Task.yield()
                names.append(threadName())
                async let child = threadName()
                names.append(await child)
                await withTaskGroup(of: String.self) { group in
                    for _ in 0..<4 { group.addTask { threadName() } }
                    for await name in group { names.append(name) }
                }
                return names
            }.value
            #expect(names == Array(repeating: "listeners", count: 7))
            #expect(threadName() != "listeners")
        }
    }

    @Test("A listener that blocks does not hold up another, however few threads there are", arguments: 1...3)
    func blockingListener(threads: Int) async {
        await use(threads: threads) { pool in
            let gate = BlockingGate()
            let blocking = pool.makeExecutor()
            let other = pool.makeExecutor()
            let tasks = (0..<6).map { _ in Task(executorPreference: blocking) { gate.pass() } }
            for _ in 0..<10 {
                let sum = await Task(executorPreference: other) {
                    await Task.yield()
                    return 1 + 1
                }.value
                #expect(sum == 2)
            }
            gate.open(times: tasks.count)
            for task in tasks { await task.value }
        }
    }

    @Test("When all threads are blocked, others are added, and no listener exceeds its share")
    func allThreadsBlocked() async {
        await use(threads: 2) { pool in
            let gate = BlockingGate()
            let started = Journal<Int>()
            let executors = (0..<3).map { _ in pool.makeExecutor() }
            let tasks = executors.enumerated().flatMap { listener, executor in
                (0..<3).map { _ in
                    Task(executorPreference: executor) {
                        started.append(listener)
                        gate.pass()
                    }
                }
            }
            // The third can only start on an added thread.
            #expect(await started.first(3).sorted() == [0, 1, 2])
            #expect(pool.extraThreads >= 1)
            let last = pool.makeExecutor()
            #expect(await Task(executorPreference: last) { threadName() }.value == "listeners")
            #expect(started.elements.count == 3)
            gate.open(times: tasks.count)
            for task in tasks { await task.value }
        }
    }

    @Test("Every job of many listeners runs, and a listener's jobs do so at the same time")
    func manyJobs() async {
        await use(threads: 4) { pool in
            let done = Journal<Int>()
            await withTaskGroup(of: Void.self) { group in
                for listener in 0..<8 {
                    let executor = pool.makeExecutor()
                    for _ in 0..<200 {
                        group.addTask(executorPreference: executor) {
                            await Task.yield()
                            done.append(listener)
                            await Task.yield()
                        }
                    }
                }
            }
            let counts = Dictionary(done.elements.map { ($0, 1) }, uniquingKeysWith: +)
            #expect(counts == Dictionary(uniqueKeysWithValues: (0..<8).map { ($0, 200) }))
        }
    }

    @Test("A listener that is alone has all threads at the same time")
    func aloneHasAll() async {
        await use(threads: 3) { pool in
            let executor = pool.makeExecutor()
            let started = Journal<Int>()
            let gate = BlockingGate()
            let tasks = (0..<3).map { number in
                Task(executorPreference: executor) {
                    started.append(number)
                    gate.pass()
                }
            }
            #expect(await started.first(3).sorted() == [0, 1, 2])
            gate.open(times: 3)
            for task in tasks { await task.value }
        }
    }

    @Test("Who observes is told of the first extra thread, and when there may be no more")
    func observer() async {
        let (extra, limit) = (Journal<Int>(), Journal<Int>())
        var observer = WorkerPoolObserver()
        observer.onExtraThread = { extra.append($0) }
        observer.onLimit = { limit.append($0) }
        let pool = WorkerPool(threads: 1, extraThreadsMax: 1, observer: observer)
        defer { pool.shutDown() }
        let gate = BlockingGate()
        let tasks = (0..<3).map { _ in Task(executorPreference: pool.makeExecutor()) { gate.pass() } }
        #expect(await extra.first(1) == [1])
        #expect(await limit.first(1) == [1])
        #expect(pool.extraThreads == 1)
        #expect(pool.stuckThreads == 2)
        gate.open(times: tasks.count)
        for task in tasks { await task.value }
    }

    private func use(threads: Int, _ body: (WorkerPool) async -> Void) async {
        let pool = WorkerPool(threads: threads)
        defer { pool.shutDown() }
        await body(pool)
    }
}
