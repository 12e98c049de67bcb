import GRDB

extension Outbox {
    /// The largest id that an event can have: its dispatches' positions, with room for 2^20 others behind
    /// each, have to fit 64 bits.
    static let eventIDMax: Int64 = 1 << 43 - 1

    /// Has the ids of later deliveries and events begin higher, so that none of them is one that another file
    /// with the same past has given out.
    ///
    /// - Parameter distance: By how much; 2^32 is more than any outbox gives out between a copy and its
    ///   restoration, and can be added two thousand times.
    /// - Throws: `OutboxError` with `.refused` if it leaves no room for so many events again; then nothing
    ///   has changed. Another if that cannot be committed.
    func raiseIDs(by distance: Int64) async throws(OutboxError) {
        precondition(distance > 0, "ids are never lowered")
        try await submit { [path] context in try context.raiseIDs(by: distance, path: path) }
    }
}

extension WriterContext {
    fileprivate func raiseIDs(by distance: Int64, path: String) throws {
        for table in ["deliveries", "events"] {
            let last = try Int64.fetchOne(database, sql: SQL.lastID, arguments: [table]) ?? 0
            // Each term apart, as their sum may be too large.
            guard distance <= Outbox.eventIDMax / 2, last <= Outbox.eventIDMax - 2 * distance else {
                throw OutboxError(
                    .refused,
                    "the ids of \(path) cannot be raised by \(distance) once more: they have come to "
                        + "\(last) of \(Outbox.eventIDMax); let its dispatches finish, and begin a new outbox"
                )
            }
            try database.execute(sql: SQL.setLastID, arguments: [table, last + distance])
            // The table of the counts has no key; its row is made by the first id.
            if database.changesCount == 0 {
                try database.execute(sql: SQL.insertLastID, arguments: [table, distance])
            }
        }
        try reload()
    }
}
