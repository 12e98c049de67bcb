private import Foundation
private import Synchronization

/// Writes whole lines to a file descriptor, one at a time, so that lines of concurrent listeners do not mix.
public final class LineOutput: Sendable {
    /// Standard output, shared by all listeners that print.
    public static let standardOutput = LineOutput(descriptor: 1)

    private let file: Mutex<FileHandle>

    /// Writes to a descriptor that stays open as long as this object is used.
    public init(descriptor: Int32) {
        file = Mutex(FileHandle(fileDescriptor: descriptor, closeOnDealloc: false))
    }

    /// Writes the text and a line feed; line ends in the text become spaces.
    ///
    /// - Throws: `ListenerError.retry` if the descriptor does not take it, so that the event is not lost.
    public func write(_ text: String) throws(ListenerError) {
        var line = Data(text.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 })
        line.append(0x0A)
        do {
            try file.withLock { try $0.write(contentsOf: line) }
        } catch {
            throw .retry(after: .seconds(1), reason: "the output cannot be written: \(error)")
        }
    }
}
