import GRDB
import Testing

@testable import Outbox

@Suite("Values of prepared statements")
struct PreparedStatementTests {
    /// The room for values that SQLite does not copy.
    private static let room = BindingSpace.byteCount

    @Test(
        "A text arrives as it is, whether there is room for it or SQLite copies it",
        arguments: [0, 1, 15, 16, room - 1, room, room + 1, 3 * room]
    )
    func texts(byteCount: Int) async throws {
        let text = String(repeating: "ä", count: byteCount / 2) + (byteCount.isMultiple(of: 2) ? "" : "a")
        try await OutboxBench.use { bench in
            let arrived = try await bench.outbox.submit { context in
                let statement = try PreparedStatement(
                    context.database,
                    sql: "SELECT ?1, typeof(?1), ?2, ?3",
                    space: BindingSpace()
                )
                return try statement.first(text, nil as String?, text) { row in
                    [row.optionalText(0), row.optionalText(1), row.optionalText(2), row.optionalText(3)]
                }
            }
            #expect(arrived == [text, "text", nil, text])
        }
    }

    @Test("Bytes arrive as they are, and none are an empty blob", arguments: [0, 1, room, room + 1])
    func blobs(byteCount: Int) async throws {
        let bytes = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0) }
        try await OutboxBench.use { bench in
            let stored = try await bench.outbox.submit { context in
                try context.database.execute(sql: "CREATE TEMP TABLE parts (kind TEXT, bytes BLOB)")
                let insert = try PreparedStatement(
                    context.database,
                    sql: "INSERT INTO parts VALUES (typeof(?1), ?1)",
                    space: BindingSpace()
                )
                try insert.run { $0.bind(blob: bytes) }
                return try OutboxBench.rows(context.database, "SELECT kind, hex(bytes) FROM parts")
            }
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
            #expect(stored == ["blob|" + digits.joined()])
        }
    }

    @Test("A statement that fails leaves nothing behind for the next one")
    func failure() async throws {
        try await OutboxBench.use { bench in
            let arrived = try await bench.outbox.submit { context in
                let space = BindingSpace()
                let fails = try PreparedStatement(
                    context.database,
                    sql: "SELECT json(?1)",
                    space: space
                )
                let echoes = try PreparedStatement(context.database, sql: "SELECT ?1, ?2", space: space)
                var failures = 0
                for _ in 0..<2 {
                    do { try fails.run("no JSON") } catch { failures += 1 }
                }
                let echo = try echoes.first("one", 2) { [$0.text(0), "\($0.integer(1))"] }
                return (failures, echo)
            }
            #expect(arrived.0 == 2)
            #expect(arrived.1 == ["one", "2"])
        }
    }
}
