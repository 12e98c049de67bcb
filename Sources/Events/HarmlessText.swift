/// Text from outside, made fit for a terminal and a log: the one rule for what may be shown.
///
/// Control characters steer a terminal (C1 as well as C0), separators break lines, and format characters hide
/// text or turn its direction. What is stored, and what programs read, keeps all of them.
package enum HarmlessText {
    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// Whether a scalar neither steers a terminal, breaks a line, hides nor reorders what is shown.
    package static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isHarmless(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return false
        default: return true
        }
    }

    /// A text on one line: white space is a space, and everything else that is not harmless U+FFFD.
    package static func line(_ text: String) -> String {
        replacing(text) { String(shown($0)) }
    }

    /// A text that keeps its line feeds, with every line of it as `line` has it.
    package static func lines(_ text: String) -> String {
        replacing(text) { $0 == "\n" ? "\n" : String(shown($0)) }
    }

    /// A text in which JSON's escapes stand for what is not harmless; JSON means the same afterwards.
    package static func escaped(_ text: String) -> String {
        replacing(text) { scalar in
            String(scalar).utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
            .joined()
        }
    }

    private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        scalar.properties.isWhitespace ? " " : replacement
    }

    private static func replacing(_ text: String, with replaced: (Unicode.Scalar) -> String) -> String {
        // What most texts are.
        guard !text.utf8.allSatisfy(isHarmless) else { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            if isHarmless(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result += replaced(scalar)
            }
        }
        return result
    }

    private static func isHarmless(_ byte: UInt8) -> Bool { byte >= 0x20 && byte < 0x7F }
}
