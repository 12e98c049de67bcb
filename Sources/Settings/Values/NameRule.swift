/// The rule for the names of sources and listeners, which become part of URLs, rows and metrics.
package enum NameRule {
    /// The rule as a regular expression, for messages.
    package static let pattern = "[a-z0-9][a-z0-9_-]{0,62}"

    private static let bytesMax = 63

    /// Whether a text is such a name.
    package static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= bytesMax else { return false }
        return isLowerOrDigit(first)
            && text.utf8.allSatisfy {
                isLowerOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }

    /// Whether a byte is a lower-case ASCII letter or digit.
    static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
