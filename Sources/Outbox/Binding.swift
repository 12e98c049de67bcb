import Events
import GRDBSQLite

/// What can be bound to a parameter of a statement by itself.
protocol SQLValue {
    /// Binds the value to the next parameter.
    func bind(to binding: inout Binding)
}

/// The values of a statement on their way to its parameters, in order.
@safe struct Binding {
    /// The first error; after it nothing is bound.
    private(set) var code = SQLITE_OK

    private let handle: OpaquePointer
    private let space: BindingSpace
    private var index: CInt = 0

    /// SQLite copies what is bound before the call returns.
    private static let copied = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Begins with the first parameter of a statement that is reset.
    @unsafe init(_ handle: OpaquePointer, _ space: BindingSpace) {
        assert(space.isEmpty, "another statement runs, and its values would be overwritten")
        // The statement outlives the binding, which its methods alone make.
        unsafe self.handle = unsafe handle
        self.space = space
    }

    fileprivate mutating func null() {
        unsafe set { unsafe sqlite3_bind_null($0, $1) }
    }

    fileprivate mutating func integer(_ value: Int64) {
        unsafe set { unsafe sqlite3_bind_int64($0, $1, value) }
    }

    fileprivate mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        let (start, lifetime) = unsafe place(bytes)
        unsafe set { handle, index in
            // No pointer would be null, not an empty text.
            guard let start = unsafe start else {
                return unsafe sqlite3_bind_text(handle, index, "", 0, Self.copied)
            }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: bytes.count) { start in
                let (count, encoding) = (UInt64(bytes.count), UInt8(SQLITE_UTF8))
                return unsafe sqlite3_bind_text64(handle, index, start, count, lifetime, encoding)
            }
        }
    }

    fileprivate mutating func blob(_ bytes: UnsafeBufferPointer<UInt8>) {
        let (start, lifetime) = unsafe place(bytes)
        unsafe set { handle, index in
            // As above, no pointer would be null.
            guard let start = unsafe start else { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
            return unsafe sqlite3_bind_blob64(handle, index, start, UInt64(bytes.count), lifetime)
        }
    }

    /// Where bytes are from now on, and for how long, as SQLite wants to know: what the space keeps is there
    /// until the statement is reset, which for SQLite is static; what it does not keep is to be copied.
    private func place(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) -> (UnsafePointer<UInt8>?, sqlite3_destructor_type?) {
        guard let kept = unsafe space.keep(bytes) else { return unsafe (bytes.baseAddress, Self.copied) }
        return unsafe (kept, nil)
    }

    private mutating func set(_ bind: (OpaquePointer, CInt) -> CInt) {
        guard code == SQLITE_OK else { return }
        index += 1
        code = unsafe bind(handle, index)
    }
}

/// Where the bytes of a statement's values stay until it is reset, so that SQLite need not copy each to a
/// place of its own; what does not fit is copied.
///
/// One serves all statements of a thread, as one runs at a time.
@safe final class BindingSpace {
    /// Enough for the row of most deliveries.
    static let byteCount = 64 << 10

    private let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: byteCount)
    private var usedCount = 0

    deinit { unsafe bytes.deallocate() }

    /// Whether it holds no bytes.
    var isEmpty: Bool { usedCount == 0 }

    /// Copies bytes into the space; returns where they are, nil if there is no room for them.
    fileprivate func keep(_ value: UnsafeBufferPointer<UInt8>) -> UnsafePointer<UInt8>? {
        guard value.count <= Self.byteCount - usedCount, let source = value.baseAddress,
            let base = unsafe bytes.baseAddress
        else { return nil }
        // Within the space, as the room was checked; bytes that were there need not be destroyed.
        let start = unsafe base + usedCount
        unsafe start.update(from: source, count: value.count)
        usedCount += value.count
        return unsafe UnsafePointer(start)
    }

    /// What it holds is not bound any more.
    func clear() { usedCount = 0 }
}

// MARK: Values

extension Binding {
    mutating func bind(_ value: Int64) { integer(value) }

    mutating func bind(_ value: Int64?) {
        if let value { bind(value) } else { null() }
    }

    mutating func bind(_ value: Int) { integer(Int64(value)) }

    mutating func bind(_ value: Timestamp) { integer(value.milliseconds) }

    mutating func bind(_ value: Timestamp?) {
        if let value { bind(value) } else { null() }
    }

    mutating func bind(_ value: String) {
        // The pointer is used within the call alone.
        unsafe value.utf8.span.withUnsafeBufferPointer { unsafe text($0) }
    }

    mutating func bind(_ value: String?) {
        if let value { bind(value) } else { null() }
    }

    /// Binds text that is UTF-8 already.
    mutating func bind(utf8 value: [UInt8]) {
        // As above.
        unsafe value.withUnsafeBufferPointer { unsafe text($0) }
    }

    mutating func bind(blob value: [UInt8]) {
        // As above.
        unsafe value.withUnsafeBufferPointer { unsafe blob($0) }
    }
}

extension Int64: SQLValue {
    func bind(to binding: inout Binding) { binding.bind(self) }
}

extension Int: SQLValue {
    func bind(to binding: inout Binding) { binding.bind(self) }
}

extension Timestamp: SQLValue {
    func bind(to binding: inout Binding) { binding.bind(self) }
}

extension String: SQLValue {
    func bind(to binding: inout Binding) { binding.bind(self) }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    func bind(to binding: inout Binding) {
        if let self { self.bind(to: &binding) } else { binding.null() }
    }
}
