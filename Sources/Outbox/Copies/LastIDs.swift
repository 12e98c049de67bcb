import GRDB

/// The last ids that an outbox has given out, or may have.
struct LastIDs: Equatable, Sendable {
    /// Between a copy and what comes after its restoration: more than any outbox gives out meanwhile.
    static let distance: Int64 = 1 << 32

    /// The largest id that an event can have: its dispatches' positions, with room for 2^20 others behind
    /// each, have to fit 64 bits.
    static let idMax: Int64 = (1 << 43) - 1

    /// That of the deliveries.
    let deliveries: Int64
    /// That of the events.
    let events: Int64

    /// Raises them so that all later ones are new to both files.
    ///
    /// - Parameter other: Those of the other file; nil if they are not known.
    /// - Returns: The last ids from which a restored file counts on.
    /// - Throws: `OutboxError.Code.refused` if there is no room for as many ids again behind them.
    func raised(above other: LastIDs?) throws(OutboxError) -> LastIDs {
        let deliveries = max(deliveries, other?.deliveries ?? 0)
        let events = max(events, other?.events ?? 0)
        let highest = max(deliveries, events)
        guard highest <= Self.idMax - 2 * Self.distance else {
            throw OutboxError(
                .refused,
                "ids cannot be raised by \(Self.distance) once more: they have come to \(highest) of "
                    + "\(Self.idMax); let what is pending finish, and begin a new outbox"
            )
        }
        return LastIDs(deliveries: deliveries + Self.distance, events: events + Self.distance)
    }
}

extension LastIDs {
    /// Reads them; 0 where a file has given out none.
    ///
    /// - Throws: What SQLite says.
    init(of database: Database) throws {
        deliveries = try Self.last(of: "deliveries", in: database)
        events = try Self.last(of: "events", in: database)
    }

    /// Has a file count on from them; in a transaction.
    ///
    /// - Throws: What SQLite says.
    func write(to database: Database) throws {
        for (table, last) in [("deliveries", deliveries), ("events", events)] {
            try database.execute(sql: SQL.setLastID, arguments: [table, last])
            // The table of the counts has no key; its row is made by the first id.
            guard database.changesCount == 0 else { continue }
            try database.execute(sql: SQL.insertLastID, arguments: [table, last])
        }
    }

    /// The count, or the last row, should a file that was mended have lost the count.
    private static func last(of table: String, in database: Database) throws -> Int64 {
        let counted = try Int64.fetchOne(database, sql: SQL.lastID, arguments: [table]) ?? 0
        let stored = try Int64.fetchOne(database, sql: "SELECT max(id) FROM \(table)") ?? 0
        return max(counted, stored)
    }
}
