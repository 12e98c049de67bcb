import Foundation
import ListenerKit

/// The listeners by their names.
///
/// - Throws: `ListenerRegistryError` if two have the same one.
func makeMisbehavingRegistry() throws(ListenerRegistryError) -> ListenerRegistry {
    try ListenerRegistry {
        Blocking()
        Crash()
        Exit()
        Recorder()
        Slow()
    }
}

/// What the listeners have in common.
private enum Behaviour {
    /// The title of the pull requests that bring the process down.
    static let poison = "poison"

    /// Says on standard output that an attempt has begun.
    static func begin(_ name: String, _ event: PullRequestEvent) throws {
        try LineOutput.standardOutput.write("\(name) has begun \(event.id)")
    }

    /// Blocks the thread, as code does that knows nothing of tasks.
    static func block(milliseconds: Int) {
        _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
    }
}

/// Blocks its thread until there is the file that `FORGEWIRE_TEST_GATE` names, or for as many milliseconds as
/// `FORGEWIRE_TEST_BLOCK` says; it never looks whether it was cancelled.
struct Blocking: Listener {
    let name = "blocking"

    private static let lookMilliseconds = 10
    private static let longestMilliseconds = 3_600_000

    /// Blocks.
    func handle(_ event: PullRequestEvent, context: ListenerContext) async throws {
        try Behaviour.begin(name, event)
        let environment = ProcessInfo.processInfo.environment
        let gate = environment["FORGEWIRE_TEST_GATE"] ?? ""
        let milliseconds = environment["FORGEWIRE_TEST_BLOCK"].flatMap(Int.init) ?? Self.longestMilliseconds
        for _ in 0..<(milliseconds / Self.lookMilliseconds) {
            if FileManager.default.fileExists(atPath: gate) { return }
            Behaviour.block(milliseconds: Self.lookMilliseconds)
        }
    }
}

/// Stops the process at a bug, for one event.
struct Crash: Listener {
    let name = "crash"

    /// Crashes for a poisoned event.
    func handle(_ event: PullRequestEvent, context: ListenerContext) async throws {
        try Behaviour.begin(name, event)
        if event.pullRequest.title == Behaviour.poison { fatalError("a bug that only this event shows") }
    }
}

/// Leaves the process without a word, for one event.
struct Exit: Listener {
    let name = "exit"

    private static let status: Int32 = 3

    /// Leaves for a poisoned event.
    func handle(_ event: PullRequestEvent, context: ListenerContext) async throws {
        try Behaviour.begin(name, event)
        if event.pullRequest.title == Behaviour.poison { _exit(Self.status) }
    }
}

/// Does nothing wrong.
struct Recorder: Listener {
    let name = "recorder"

    /// Says that the event came.
    func handle(_ event: PullRequestEvent, context: ListenerContext) async throws {
        try Behaviour.begin(name, event)
    }
}

/// Does nothing wrong, and takes a while.
struct Slow: Listener {
    let name = "slow"

    private static let milliseconds = 100

    /// Takes a while.
    func handle(_ event: PullRequestEvent, context: ListenerContext) async throws {
        try Behaviour.begin(name, event)
        Behaviour.block(milliseconds: Self.milliseconds)
    }
}
