/// Where a field stands in the event JSON: `pullRequest.base.ref`.
///
/// A path goes through arrays as if they were not there: `push.refs.ref` is the ref of each element.
package struct FieldPath: Hashable, CustomStringConvertible, Sendable {
    /// The names from the outside to the inside.
    package let names: [String]

    /// Takes a path apart at its dots; no name of the event JSON has one.
    package init(_ text: String) {
        names = text.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
    }

    /// The path as the configuration writes it.
    package var description: String { names.joined(separator: ".") }
}
