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
        var values: [String] = []
        for index in fields.indices where isField(index, named: name) { values.append(fields[index].value) }
        return values
    }

    /// The values of a field with commas between them (RFC 9110 section 5.3); nil where it does not stand.
    package func joined(_ name: String) -> String? {
        var joined: String?
        for index in fields.indices where isField(index, named: name) {
            if joined == nil {
                joined = fields[index].value
            } else {
                joined?.append(", ")
                joined?.append(fields[index].value)
            }
        }
        return joined
    }

    /// How often a field stands.
    package enum Occurrence {
        /// Nowhere.
        case none
        /// Once, with this value, which may be empty.
        case once(String)
        /// More than once.
        case repeated
    }

    /// How often a field stands, without a list of what it holds.
    package func occurrence(of name: String) -> Occurrence {
        var found: Int?
        for index in fields.indices where isField(index, named: name) {
            guard found == nil else { return .repeated }
            found = index
        }
        return found.map { .once(fields[$0].value) } ?? .none
    }

    /// The value of a field that stands exactly once and is not empty.
    package func only(_ name: String) -> String? {
        guard case .once(let value) = occurrence(of: name), !value.isEmpty else { return nil }
        return value
    }

    /// Whether a field stands, with whatever value.
    package func contains(_ name: String) -> Bool {
        fields.indices.contains { isField($0, named: name) }
    }

    /// The length, which tells most names apart, is looked at without taking the name out of the array.
    private func isField(_ index: Int, named name: String) -> Bool {
        fields[index].name.utf8.count == name.utf8.count && Self.isSameName(fields[index].name, name)
    }

    /// Whether names of the same length differ in case alone.
    private static func isSameName(_ left: String, _ right: String) -> Bool {
        let (left, right) = (left.utf8.span, right.utf8.span)
        return left.indices.allSatisfy { index in
            let (left, right) = (left[index], right[index])
            return left == right || lowercased(left) == lowercased(right)
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
