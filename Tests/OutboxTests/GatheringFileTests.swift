import Foundation
import GRDB
import TestKit
import Testing

@testable import Outbox

@Suite("The log's file, as SQLite uses it")
struct GatheringFileTests {
    @Test("What is committed is in the files, synced or not, also if it did not fit the cache")
    func spilled() throws {
        for synchronous in ["NORMAL", "FULL"] {
            let folder = try TemporaryFolder()
            let path = folder.path("a.db")
            let connection = try OutboxConnection.writer(path: path)
            try connection.writeWithoutTransaction { database in
                // So few pages that a transaction has to write some to the log before it ends, and again.
                try database.execute(
                    sql: """
                        PRAGMA cache_size = 5;
                        PRAGMA synchronous = \(synchronous);
                        CREATE TABLE a (id INTEGER PRIMARY KEY, number INTEGER, filler TEXT);
                        WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < 500)
                        INSERT INTO a SELECT id, 0, printf('%.500c', 'x') FROM n;
                        """
                )
            }
            for number in 1...5 {
                try connection.writeWithoutTransaction { database in
                    try database.inTransaction(.immediate) {
                        for _ in 1...2 { try database.execute(sql: "UPDATE a SET number = number + 1") }
                        return .commit
                    }
                }
                // As a process leaves them that is killed now.
                let copy = try TemporaryFolder()
                for end in ["", "-wal"] {
                    try FileManager.default.copyItem(atPath: path + end, toPath: copy.path("a.db") + end)
                }
                let rows = try DatabaseQueue(path: copy.path("a.db"))
                    .writeWithoutTransaction { database in
                        try Int.fetchAll(database, sql: "SELECT DISTINCT number FROM a")
                    }
                #expect(rows == [2 * number], "synchronous = \(synchronous)")
            }
            try connection.close()
        }
    }
}
