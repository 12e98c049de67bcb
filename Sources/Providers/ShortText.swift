/// The rule for texts that become columns, labels and environment variables: short, and without control
/// characters.
enum ShortText {
    /// How long such a text may be.
    static let byteCountMax = 255

    /// Why a text breaks the rule, as the end of a sentence; nil for one that keeps it.
    static func fault(in text: String) -> String? {
        guard text.utf8.count <= byteCountMax else { return "is longer than \(byteCountMax) bytes" }
        return hasControlCharacter(text) ? "has control characters" : nil
    }

    /// U+0000 to U+001F and U+007F to U+009F; the latter begin with C2 in UTF-8.
    private static func hasControlCharacter(_ text: String) -> Bool {
        var isBehindC2 = false
        let bytes = text.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x7F || (isBehindC2 && byte < 0xA0) { return true }
            isBehindC2 = byte == 0xC2
        }
        return false
    }
}
