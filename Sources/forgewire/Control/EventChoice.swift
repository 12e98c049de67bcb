import ArgumentParser

/// One event or all: exactly one of the two.
struct EventChoice: ParsableArguments {
    @Argument(help: "The event's id.")
    var eventID: Int64?

    @Flag(help: "All of them.")
    var all = false

    func validate() throws {
        guard (eventID != nil) != all else {
            throw ValidationError(
                all ? "an event id and --all exclude each other" : "give either an event id or --all"
            )
        }
    }
}

/// What every changing command takes that can be tried out.
struct TrialOptions: ParsableArguments {
    @Flag(help: "Say what would be done, and change nothing.")
    var dryRun = false

    @Flag(help: "Print one JSON object.")
    var json = false

    /// The verb of a sentence that tells what was done.
    ///
    /// - Parameters:
    ///   - done: The verb where it was done, for one and for several.
    ///   - would: The verb where it was only tried out.
    ///   - count: How many.
    /// - Returns: The one that fits.
    func verb(_ done: (one: String, many: String), would: String, _ count: Int) -> String {
        if dryRun { return would }
        return count == 1 ? done.one : done.many
    }
}

/// A number with its noun: `1 event`, `2 events`.
func counted(_ count: Int, _ one: String, _ many: String) -> String {
    "\(count) \(count == 1 ? one : many)"
}
