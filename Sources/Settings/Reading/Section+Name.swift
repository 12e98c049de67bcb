extension Section {
    /// Checks the name of a source or listener.
    func checkName(_ name: String) {
        guard !NameRule.isName(name) else { return }
        error("the name \(QuotedText.shown(name)) does not match \(NameRule.pattern)", at: mark)
    }

    /// Whether a byte is an ASCII letter or digit.
    static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        NameRule.isLowerOrDigit(byte) || (0x41...0x5A).contains(byte)
    }
}
