import Events
import GRDB

/// What a delivery's mapping gives now, where that differs from what is stored.
struct Retyping: Sendable {
    let delivery: Int64
    let problem: String?
    /// Stored events that are different now.
    var changed: [(id: Int64, content: EventContent)] = []
    /// Events that the delivery did not give before, by their ordinals.
    var added: [(ordinal: Int, content: EventContent)] = []
}

extension Outbox {
    /// Replaces what a mapper made of a delivery; the events keep their ids.
    ///
    /// - Returns: The ids of added events; nil if the delivery was pruned meanwhile.
    /// - Throws: `OutboxError` if that cannot be committed.
    func retype(_ retyping: Retyping) async throws(OutboxError) -> [Int64]? {
        try await submit { context in try context.retype(retyping) }
    }
}

extension WriterContext {
    fileprivate func retype(_ retyping: Retyping) throws -> [Int64]? {
        let key: StatementArguments = [retyping.delivery, retyping.problem]
        try database.execute(sql: AdministrationSQL.retypeDelivery, arguments: key)
        guard database.changesCount > 0 else { return nil }
        for (id, content) in retyping.changed {
            try database.execute(
                sql: AdministrationSQL.retypeEvent,
                arguments: [
                    id, content.kind, content.action, content.repository, content.subject, content.schema,
                    content.json.text(id: id), retyping.delivery,
                ]
            )
            try database.execute(
                sql: AdministrationSQL.retypeDispatches,
                arguments: [id, content.repository, content.subject]
            )
        }
        guard !retyping.added.isEmpty else { return [] }
        let receivedAt = try Int64.fetchOne(
            database,
            sql: AdministrationSQL.receivedAt,
            arguments: [retyping.delivery]
        )
        return try retyping.added.map { ordinal, content in
            let id = nextEventID()
            try statements.insertEvent.run { values in
                values.bind(id)
                values.bind(retyping.delivery)
                values.bind(ordinal)
                values.bind(content.kind)
                values.bind(content.action)
                values.bind(content.repository)
                values.bind(content.subject)
                values.bind(content.schema)
                values.bind(receivedAt)
                values.bind(utf8: content.json.bytes(id: id))
            }
            return id
        }
    }
}
