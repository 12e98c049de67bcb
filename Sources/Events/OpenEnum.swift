/// A vocabulary that providers may extend: known values are static members, and any other value keeps the
/// provider's own word in `rawValue` instead of failing to decode.
public protocol OpenEnum: RawRepresentable<String>, Codable, CustomStringConvertible, Hashable, JSONWritable,
    Sendable
{
    /// The values that this version knows, in the order of the documentation.
    static var known: [Self] { get }

    /// Wraps any word, known or not.
    init(rawValue: String)
}

extension OpenEnum {
    /// Whether this version knows the value; otherwise it is the provider's own word.
    public var isKnown: Bool { Self.known.contains(self) }

    /// The word itself.
    public var description: String { rawValue }

    /// Writes the word as a JSON string.
    public func write(to json: inout JSONWriter) { json.string(rawValue) }
}
