import Events
import GRDB
import GRDBSQLite

/// A compiled statement of the writer's, bound and stepped through SQLite's own interface.
///
/// For what runs with every event: GRDB's arguments and rows cost it as much again as SQLite's work.
@safe struct PreparedStatement {
    /// Keeps what is compiled alive.
    private let statement: Statement
    private let space: BindingSpace

    private var handle: OpaquePointer { unsafe statement.sqliteStatement }

    /// Compiles one statement, whose values have their place in a space that no other uses meanwhile.
    init(_ database: Database, sql: String, space: BindingSpace) throws {
        statement = try database.makeStatement(sql: sql)
        self.space = space
    }

    /// Runs the statement and ignores what rows it gives.
    ///
    /// - Throws: `DatabaseError`.
    func run<each Value: SQLValue>(_ values: repeat each Value) throws {
        try first(repeat each values) { _ in }
    }

    /// Runs the statement with values that a closure binds, which for a long row takes half the instructions.
    ///
    /// - Throws: `DatabaseError`.
    func run(binding bind: (inout Binding) -> Void) throws {
        defer { reset() }
        var binding = unsafe Binding(handle, space)
        bind(&binding)
        try check(binding.code)
        _ = try step()
    }

    /// Runs the statement up to its first row, and reads that; nil if there is none.
    ///
    /// - Throws: `DatabaseError`.
    @discardableResult
    func first<each Value: SQLValue, Result>(
        _ values: repeat each Value,
        read: (ResultRow) -> Result
    ) throws -> Result? {
        defer { reset() }
        var binding = unsafe Binding(handle, space)
        repeat (each values).bind(to: &binding)
        try check(binding.code)
        return try step() ? read(ResultRow(statement)) : nil
    }

    /// Runs the statement and reads all its rows.
    ///
    /// - Throws: `DatabaseError`.
    func all<each Value: SQLValue, Result>(
        _ values: repeat each Value,
        read: (ResultRow) -> Result
    ) throws -> [Result] {
        defer { reset() }
        var binding = unsafe Binding(handle, space)
        repeat (each values).bind(to: &binding)
        try check(binding.code)
        var rows: [Result] = []
        while try step() { rows.append(read(ResultRow(statement))) }
        return rows
    }

    private func step() throws -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw failure(code)
        }
    }

    /// Ends the statement's reading, and lets go of what was bound: a payload may be large.
    private func reset() {
        // What a reset returns is the error of the step before, which has been thrown.
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
        space.clear()
    }

    private func check(_ code: CInt) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: CInt) -> DatabaseError {
        // The message is the connection's until its next call; it is copied here.
        let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}

/// The row that a statement stands on; valid within the closure that it is given to.
@safe struct ResultRow {
    private let statement: Statement

    private var handle: OpaquePointer { unsafe statement.sqliteStatement }

    fileprivate init(_ statement: Statement) {
        self.statement = statement
    }

    /// A column's integer.
    func integer(_ column: Int) -> Int64 { unsafe sqlite3_column_int64(handle, CInt(column)) }

    /// A column's integer; nil if it is null.
    func optionalInteger(_ column: Int) -> Int64? { isNull(column) ? nil : integer(column) }

    /// A column's text.
    func text(_ column: Int) -> String { String(decoding: utf8(column), as: UTF8.self) }

    /// A column's text; nil if it is null.
    func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    /// A column's text, in UTF-8.
    func utf8(_ column: Int) -> [UInt8] {
        let start = unsafe sqlite3_column_text(handle, CInt(column))
        let count = unsafe sqlite3_column_bytes(handle, CInt(column))
        // The memory is the statement's until its next step; it is copied here.
        return unsafe Array(UnsafeBufferPointer(start: start, count: Int(count)))
    }

    private func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, CInt(column)) == SQLITE_NULL
    }
}
