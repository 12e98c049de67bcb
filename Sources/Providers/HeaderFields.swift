/// The header fields of a request, in the order received; names are compared without case (RFC 9110 section
/// 5.1).
package struct HeaderFields: ExpressibleByDictionaryLiteral, Sendable {
    /// Every field as received, duplicates included.
    package let fields: [(name: String, value: String)]

    package init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { (name: $0.0, value: $0.1) }
    }

    /// All values of a field, each one line's, as received.
    package func values(_ name: String) -> [String] {
        fields.compactMap { Self.isSameName($0.name, name) ? $0.value : nil }
    }

    /// The value of a field that stands exactly once and is not empty.
    package func only(_ name: String) -> String? {
        let values = values(name)
        guard values.count == 1, let value = values.first, !value.isEmpty else { return nil }
        return value
    }

    private static func isSameName(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count
            && zip(left.utf8, right.utf8).allSatisfy { lowercased($0) == lowercased($1) }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
