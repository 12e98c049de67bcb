import Events
import Foundation

/// Standard output, for what was asked for.
enum StandardOutput {
    /// Writes text for people and a line feed: line feeds in it stay, and nothing else that a terminal obeys.
    static func write(_ text: String) { write(Data((HarmlessText.lines(text) + "\n").utf8)) }

    /// Writes JSON and a line feed: what a terminal obeys is escaped, which means the same.
    static func write(json: String) { write(Data((HarmlessText.escaped(json) + "\n").utf8)) }

    /// Writes bytes as they are.
    static func write(_ bytes: Data) { FileHandle.standardOutput.write(bytes) }
}

/// Standard error, for what went wrong.
enum StandardError {
    /// Writes text and a line feed: line feeds in it stay, and nothing else that a terminal obeys.
    static func write(_ text: String) {
        FileHandle.standardError.write(Data((HarmlessText.lines(text) + "\n").utf8))
    }
}
