/// Why nothing can be signed with a secret.
package struct SigningError: Error, Hashable, CustomStringConvertible {
    /// What is wrong and what to do, never the secret.
    package let description: String

    package init(_ description: String) { self.description = description }
}
