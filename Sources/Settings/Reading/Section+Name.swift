extension Section {
    private static let nameBytesMax = 63

    /// Checks the name of a source or listener, which becomes part of URLs, rows and metrics.
    func checkName(_ name: String) {
        guard !Self.isName(name) else { return }
        error("the name \(QuotedText.shown(name)) does not match [a-z0-9][a-z0-9_-]{0,62}", at: mark)
    }

    private static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= nameBytesMax else { return false }
        return isLowerOrDigit(first)
            && name.utf8.allSatisfy {
                isLowerOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Whether a byte is an ASCII letter or digit.
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLowerOrDigit(byte) || (0x41...0x5A).contains(byte)
    }
}
