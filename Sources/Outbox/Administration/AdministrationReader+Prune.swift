import Events
import Foundation
import GRDB

extension AdministrationReader {
    /// Some deliveries that may be past their age, each that is not kept once; nil at the end.
    func next(_ cursor: inout OldDeliveryCursor) async throws(OutboxError) -> [OldDelivery]? {
        switch cursor.stage {
        case .received(let after):
            try await received(&cursor, after: after)
        case .dead(let listener, let after):
            try await dead(&cursor, listener: listener, after: after)
        case .end: nil
        }
    }

    /// Ids grow with the time of receipt, so the search ends with the first page on which nothing is old.
    ///
    /// An index of those times would have to be written for every delivery. What a wrong clock said to be
    /// in the future ends nothing. After a clock that was fast for more than a page, what is behind that
    /// page may go later than it should, by as much as the clock was wrong at most.
    private func received(
        _ cursor: inout OldDeliveryCursor,
        after: Int64
    ) async throws(OutboxError) -> [OldDelivery] {
        let (cutoff, now) = (cursor.cutoff, cursor.now)
        let rows = try await read { database in
            var arguments: StatementArguments = ["after": after, "now": now.milliseconds]
            arguments += ["delivered": cutoff.delivered.milliseconds, "dead": cutoff.dead.milliseconds]
            arguments += ["limit": Self.pageRowsMax]
            let sql = AdministrationReaderSQL.oldDeliveries
            return try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
                (OldDelivery(row), isOld: row["is_old"] as Bool, isOfFuture: row["is_of_future"] as Bool)
            }
        }
        let mayGoOn = rows.count == Self.pageRowsMax && rows.contains { $0.isOld || $0.isOfFuture }
        cursor.stage = cursor.secondStage
        if mayGoOn, let last = rows.last { cursor.stage = .received(after: last.0.id) }
        return rows.map(\.0)
    }

    private func dead(
        _ cursor: inout OldDeliveryCursor,
        listener: String,
        after: Int64
    ) async throws(OutboxError) -> [OldDelivery] {
        let cutoff = cursor.cutoff
        let rows = try await read { database in
            var arguments: StatementArguments = ["listener": listener, "after": after]
            arguments += ["delivered": cutoff.delivered.milliseconds, "dead": cutoff.dead.milliseconds]
            arguments += ["limit": Self.pageRowsMax]
            let sql = AdministrationReaderSQL.oldDead
            return try Row.fetchAll(database, sql: sql, arguments: arguments).map { row in
                (OldDelivery(row), listener: row["listener"] as String, event: row["event"] as Int64)
            }
        }
        let isCut = rows.count == Self.pageRowsMax
        cursor.stage = .end
        if isCut, let last = rows.last { cursor.stage = .dead(listener: last.listener, after: last.event) }
        return rows.map(\.0)
    }

    /// The delivery that an event came with, and all that it has given; nil if there is none any more.
    func mappable(ofEvent event: Int64) async throws(OutboxError) -> MappableDelivery? {
        try await read { database in
            let sql = AdministrationReaderSQL.delivery
            guard let row = try Row.fetchOne(database, sql: sql, arguments: [event]) else { return nil }
            let id: Int64 = row["id"]
            let payload = try StoredPayload.fetch(database, delivery: id)
            let events = try Row.fetchAll(
                database,
                sql: AdministrationReaderSQL.eventsOfDelivery,
                arguments: [id]
            )
            return MappableDelivery(
                id: id,
                source: row["source"],
                provider: row["provider"],
                deliveryID: row["delivery_id"],
                eventName: row["event_name"],
                receivedAt: Timestamp(milliseconds: row["received_at"]),
                headers: row["headers"],
                problem: row["problem"],
                payload: try payload?.original() ?? [],
                events: events.map(MappedEvent.init)
            )
        }
    }
}
