import Glibc

/// Runs what blocks on a thread of its own.
enum OwnThread {
    /// What a thread runs, as an object that C can hand over.
    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }

    /// Starts a thread that ends with what it runs.
    ///
    /// - Throws: `StartFailure` if there is no room for one, unlike Foundation's, which says nothing then.
    static func start(_ body: @escaping @Sendable () -> Void) throws(StartFailure) {
        // The thread releases it; if there is none, it is released below.
        let argument = unsafe Unmanaged.passRetained(Body(body))
        var thread = pthread_t()
        // The pointer is what was retained above, once.
        let code = unsafe pthread_create(
            &thread,
            nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<Body>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            },
            argument.toOpaque()
        )
        guard code == 0 else {
            unsafe argument.release()
            throw StartFailure(code: code)
        }
        pthread_detach(thread)
    }
}
