import CAllocator
import Events
import Ingest
import NIOPosix
import ServiceLifecycle

/// Gives memory back to the system when a burst of requests is over.
///
/// The allocator keeps what was freed for the next burst, which may never come. Large buffers are mapped each
/// by itself and go when they are freed; the rest is given back here.
struct MemoryReturn: Service {
    let ingest: IngestServer
    let clock: MachineClock

    /// How often is looked.
    private static let interval = Duration.seconds(5)
    /// A burst is more than this at once.
    private static let burstBytes = 4 << 20
    private static let burstConnections = 256

    /// What is at least this large is mapped by itself.
    ///
    /// Fixed, because the allocator else raises it to the largest buffer that was ever freed.
    private static let mappedFrom: CInt = 128 << 10
    /// What may be free at the end of a heap before it is given back at once: more than a request takes, so
    /// that not every one asks the system.
    private static let freeAtEnd: CInt = 16 << 20

    /// Sets how the allocator takes memory; once, before there are threads.
    static func prepareAllocator() {
        // A failure leaves the allocator as it was.
        _ = mallopt(M_MMAP_THRESHOLD, mappedFrom)
        _ = mallopt(M_TRIM_THRESHOLD, freeAtEnd)
    }

    func run() async throws {
        var wasBusy = false
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            // Ends early with the shutdown, of either kind.
            try? await cancelWhenGracefulShutdown { try await clock.sleep(Self.interval) }
            let use = ingest.takeHighestUse()
            let isBusy = use.bytes > Self.burstBytes || use.connections > Self.burstConnections
            // While it lasts and once more when it is over.
            if isBusy || wasBusy { await giveBack() }
            wasBusy = isBusy
        }
    }

    /// Takes milliseconds, which no event loop should wait for.
    private func giveBack() async {
        // Fails only when the process ends.
        try? await NIOThreadPool.singleton.runIfActive { _ = malloc_trim(0) }
    }
}
