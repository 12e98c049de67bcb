import Foundation

/// Standard output, for what was asked for.
enum StandardOutput {
    /// Writes text and a line feed.
    static func write(_ line: String) { write(Data((line + "\n").utf8)) }

    /// Writes bytes as they are.
    static func write(_ bytes: Data) { FileHandle.standardOutput.write(bytes) }
}

/// Standard error, for what went wrong.
enum StandardError {
    /// Writes text and a line feed.
    static func write(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
