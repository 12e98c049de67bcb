/// A webhook secret: its bytes never appear in a description, a log line or an error.
package struct Secret: CustomDebugStringConvertible, CustomStringConvertible, Sendable {
    /// Where the secret came from, such as `env:FORGEWIRE_GITHUB_SECRET`; safe to show.
    package let reference: String
    /// The secret itself.
    package let bytes: [UInt8]

    /// Nil for a secret that is empty or all white space: an HMAC with an empty key can be made by anyone.
    package init?(reference: String, bytes: [UInt8]) {
        let isBlank = bytes.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard !isBlank else { return nil }
        self.reference = reference
        self.bytes = bytes
    }

    /// The reference alone.
    package var description: String { "Secret(\(reference))" }

    /// The reference alone.
    package var debugDescription: String { description }
}
