import Glibc
import Synchronization

/// A few descriptors that are held so that they can be given up when there are no others.
///
/// Some of what runs in every process ends it when it gets no descriptor: libdispatch looks at its threads in
/// `/proc` each second that work waits for one, and traps if it cannot (`src/event/workqueue.c`). So while
/// nothing can be accepted, these are free, and accepting begins again only when they could be had back.
package final class DescriptorReserve: Sendable {
    /// That of this process.
    package static let process = DescriptorReserve()

    /// How many are held.
    package static let count = 4

    private let held = Mutex<[CInt]>([])
    /// Whether they were given up, and not taken back; read for every connection.
    private let givenUp = Atomic(false)

    /// Whether they were given up and could not be had back yet.
    var isGivenUp: Bool { givenUp.load(ordering: .acquiring) }

    /// Makes a reserve that holds none yet.
    init() {}

    /// Takes them, if they are not held already.
    ///
    /// Early in a process they get low numbers, which stay useful when the limit is lowered.
    ///
    /// - Returns: Whether they are held, and at least one more is free.
    @discardableResult
    package func take() -> Bool {
        held.withLock { held in
            guard held.isEmpty else { return true }
            var taken: [CInt] = []
            for _ in 0...Self.count {
                // The path's C string lives as long as the call.
                let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
                guard descriptor >= 0 else { break }
                taken.append(descriptor)
            }
            let isEnough = taken.count > Self.count
            if let last = taken.popLast() { close(last) }
            if isEnough {
                held = taken
                givenUp.store(false, ordering: .releasing)
            } else {
                taken.forEach { close($0) }
            }
            return isEnough
        }
    }

    /// Gives them up.
    func release() {
        let released = held.withLock { held in
            givenUp.store(true, ordering: .releasing)
            defer { held = [] }
            return held
        }
        for descriptor in released { close(descriptor) }
    }
}
