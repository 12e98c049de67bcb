/// How dispatches are run.
///
/// Configuration keys of `dispatcher`:
/// - `threads` (whole number; default 4; 1 to 256): the threads that run Swift listeners.
/// - `extraThreads` (whole number; default 64; 0 to 1024): the threads beyond these that may make up for
///   blocked ones.
/// - `drain` (duration; default `20s`; 0s to 1h): how long running work may go on after SIGTERM.
/// - `defaults`: what a listener does not say itself, see `DispatchPolicy`.
package struct DispatcherConfiguration: Equatable, Sendable {
    /// The threads that run Swift listeners.
    package var threads = 4
    /// The threads beyond these that may make up for blocked ones.
    package var extraThreads = 64
    /// How long running work may go on after SIGTERM.
    package var drain = Duration.seconds(20)
    /// The policy of a listener that says nothing itself.
    package var defaults = DispatchPolicy()

    package init() {}

    init(_ section: Section) {
        section.read("threads", &threads, .whole(in: 1...256))
        section.read("extraThreads", &extraThreads, .whole(in: 0...1024))
        section.read("drain", &drain, .duration(in: .zero ... .hours(1)))
        let defaults = section.section("defaults")
        self.defaults.read(defaults)
        defaults.finish()
        section.finish()
    }
}
