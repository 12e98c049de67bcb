/// One entry of `where`: what a field of the event JSON must be for the listener to get the event.
///
/// Configuration values of `where.<path>`:
/// - a value: the field must be that, by its text: `false`, `2`, `main`; case counts. `null` means that the
///   field is absent or null.
/// - a list of values: the field must be one of them.
/// - `{ equals: value }` and `{ in: [values] }`: the same, written out.
/// - `{ glob: pattern }` or `{ glob: [patterns] }`: the field must match one, see `TextPattern`.
///
/// Where the path leads to an array, one element that fits is enough. A field that is absent or null fits
/// nothing but `null`.
package struct FieldCondition: Equatable, Sendable {
    /// The field.
    package let path: FieldPath
    /// What it may be; one of them is enough.
    package let alternatives: [Alternative]

    /// Something that a field may be.
    package enum Alternative: Hashable, Sendable {
        /// Absent or null.
        case absent
        /// This text; of a number its digits, of a boolean `true` or `false`.
        case text(String)
        /// What a glob covers.
        case glob(TextPattern)
    }

    package init(_ path: FieldPath, anyOf alternatives: [Alternative]) {
        self.path = path
        self.alternatives = alternatives
    }

    /// Whether the condition holds.
    ///
    /// - Parameter values: The texts of all values that stand at the path; none if it is absent or null.
    /// - Returns: Whether one of the values is one of the alternatives.
    package func holds(for values: [String]) -> Bool {
        alternatives.contains { alternative in
            switch alternative {
            case .absent: values.isEmpty
            // By bytes: `==` takes the square of the length for some texts, and calls different ones equal.
            case let .text(wanted): values.contains { $0.utf8.elementsEqual(wanted.utf8) }
            case let .glob(pattern): values.contains { pattern.matches($0) }
            }
        }
    }
}
