import Events
import GRDB
import GRDBSQLite

/// A compiled statement of the writer's, bound and stepped through SQLite's own interface.
///
/// For what runs with every event: GRDB's arguments and rows cost it as much again as SQLite's work.
@safe struct PreparedStatement {
    /// Keeps what is compiled alive.
    private let statement: Statement

    private var handle: OpaquePointer { unsafe statement.sqliteStatement }

    /// Compiles one statement.
    init(_ database: Database, sql: String) throws {
        statement = try database.makeStatement(sql: sql)
    }

    /// Runs the statement and ignores what rows it gives.
    ///
    /// - Throws: `DatabaseError`.
    func run(_ values: [SQLValue]) throws {
        try first(values) { _ in }
    }

    /// Runs the statement up to its first row, and reads that; nil if there is none.
    ///
    /// - Throws: `DatabaseError`.
    @discardableResult
    func first<Value>(_ values: [SQLValue], _ read: (ResultRow) -> Value) throws -> Value? {
        defer { reset() }
        try bind(values)
        return try step() ? read(ResultRow(statement)) : nil
    }

    /// Runs the statement and reads all its rows.
    ///
    /// - Throws: `DatabaseError`.
    func all<Value>(_ values: [SQLValue], _ read: (ResultRow) -> Value) throws -> [Value] {
        defer { reset() }
        try bind(values)
        var rows: [Value] = []
        while try step() { rows.append(read(ResultRow(statement))) }
        return rows
    }

    private func bind(_ values: [SQLValue]) throws {
        for (index, value) in values.enumerated() {
            let code = unsafe value.bind(to: handle, at: CInt(index + 1))
            guard code == SQLITE_OK else { throw failure(code) }
        }
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
    }

    private func failure(_ code: CInt) -> DatabaseError {
        // The message is the connection's until its next call; it is copied here.
        let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}

/// A value to bind.
enum SQLValue {
    case null
    case integer(Int64)
    case text(String)
    /// Text that is UTF-8 already.
    case utf8([UInt8])
    case blob([UInt8])

    /// SQLite copies what is bound before the call returns.
    private static let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    static func integer(_ value: Int) -> SQLValue { .integer(Int64(value)) }

    static func time(_ value: Timestamp) -> SQLValue { .integer(value.milliseconds) }

    static func optional(_ value: String?) -> SQLValue { value.map(SQLValue.text) ?? .null }

    static func optional(_ value: Int64?) -> SQLValue { value.map(SQLValue.integer) ?? .null }

    /// Binds the value to a parameter, and returns SQLite's code.
    fileprivate func bind(to handle: OpaquePointer, at index: CInt) -> CInt {
        switch self {
        case .null:
            return unsafe sqlite3_bind_null(handle, index)
        case .integer(let value):
            return unsafe sqlite3_bind_int64(handle, index, value)
        case .text(var value):
            return value.withUTF8 { unsafe Self.bind(text: $0, to: handle, at: index) }
        case .utf8(let value):
            return unsafe value.withUnsafeBufferPointer { unsafe Self.bind(text: $0, to: handle, at: index) }
        case .blob(let value):
            return unsafe value.withUnsafeBufferPointer { bytes in
                // No pointer would be null, not an empty blob.
                guard let start = bytes.baseAddress else {
                    return unsafe sqlite3_bind_zeroblob(handle, index, 0)
                }
                return unsafe sqlite3_bind_blob64(handle, index, start, UInt64(bytes.count), Self.copied)
            }
        }
    }

    private static func bind(
        text: UnsafeBufferPointer<UInt8>,
        to handle: OpaquePointer,
        at index: CInt
    ) -> CInt {
        // An empty buffer may have no address, which would bind null.
        let start = unsafe UnsafeRawPointer(text.baseAddress)?.assumingMemoryBound(to: CChar.self)
        guard let start = unsafe start else { return unsafe sqlite3_bind_text(handle, index, "", 0, copied) }
        return unsafe sqlite3_bind_text64(
            handle,
            index,
            start,
            UInt64(text.count),
            copied,
            UInt8(SQLITE_UTF8)
        )
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
