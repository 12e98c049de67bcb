import Events
import FoundationEssentials

/// What the daemon tells a process that runs one attempt alone: the first line on its stdin, before the
/// event.
struct IsolatedRequest: Codable, Hashable, Sendable {
    /// Begins what the process answers, so that nothing else on its stderr is taken for an answer.
    var token: String
    /// The event's id.
    var event: Int64
    /// The delivery that the event came with.
    var delivery: Int64
    /// Which attempt it is, from 1.
    var attempt: Int
    /// When the attempt is cancelled.
    var deadline: Timestamp
    /// The time until then, which does not depend on the time of day.
    var timeoutMilliseconds: Int64
    /// The length of the event JSON, which follows this line.
    var eventBytes: Int

    /// The longest line that is a request.
    static let bytesMax = 4096

    /// The request as a line, with its line feed.
    ///
    /// - Throws: `EncodingError`, which cannot be for these fields.
    func line() throws -> [UInt8] { Array(try JSONEncoder().encode(self)) + [UInt8(ascii: "\n")] }
}
