/// The daemon's process.
///
/// Configuration keys of `daemon`:
/// - `coreDumps` (flag; default false): whether the system may write the memory of the process
///   to a file when it crashes. Then every process of the same user may read that memory, secrets included.
package struct DaemonConfiguration: Equatable, Sendable {
    /// Whether core dumps are allowed.
    package var coreDumps = false

    package init() {}

    init(_ section: Section) {
        section.read("coreDumps", &coreDumps, .flag)
        section.finish()
    }
}
