private import Events
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
    /// What a terminal obeys besides, and what turns the direction of writing, is written as JSON escapes it:
    /// `\u001b`. JSON means the same.
    ///
    /// - Throws: `LineOutputError` if the descriptor does not take it; thrown on by a listener, it makes for
    ///   another attempt, so that the event is not lost.
    public func write(_ text: String) throws(LineOutputError) {
        let isLineEnd = { (scalar: Unicode.Scalar) in scalar == "\n" || scalar == "\r" }
        let scalars = text.unicodeScalars.map { isLineEnd($0) ? " " : $0 }
        let line = Data((HarmlessText.escaped(String(String.UnicodeScalarView(scalars))) + "\n").utf8)
        do {
            try file.withLock { try $0.write(contentsOf: line) }
        } catch {
            throw LineOutputError(reason: Self.reason(of: error))
        }
    }

    private static func reason(of error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError ?? error as NSError
        guard underlying.domain == NSPOSIXErrorDomain,
            let code = POSIXErrorCode(rawValue: Int32(underlying.code))
        else { return underlying.localizedDescription }
        return POSIXError(code).localizedDescription
    }
}

/// A line could not be written.
public struct LineOutputError: CustomStringConvertible, Error, Hashable {
    /// What the system said.
    public let reason: String

    /// What was tried and why it failed.
    public var description: String { "the output cannot be written: \(reason)" }
}
