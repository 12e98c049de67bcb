import GRDB

extension OutboxError {
    /// Translates what SQLite said.
    init(_ error: any Error, doing action: String) {
        if let error = error as? OutboxError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.unavailable, "\(action): \(error)")
            return
        }
        // The message of a DatabaseError is SQLite's own; its SQL and arguments, which hold payloads, are
        // left out.
        let reason = "\(action): \(error.message ?? "SQLite error \(error.extendedResultCode.rawValue)")"
        switch error.resultCode {
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: self.init(.corrupt, reason)
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_RANGE: self.init(.refused, reason)
        default: self.init(.unavailable, reason)
        }
    }
}
