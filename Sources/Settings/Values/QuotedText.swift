import Events

/// Writes text from the file into messages and back into YAML, without letting it break a line.
enum QuotedText {
    /// The longest piece of the file that a message repeats.
    static let shownMax = 80

    /// The text in double quotes for a message, cut after 80 characters.
    static func shown(_ text: String) -> String {
        text.count > shownMax ? yaml(String(text.prefix(shownMax)) + "…") : yaml(text)
    }

    /// The text as a double-quoted YAML scalar.
    static func yaml(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            default:
                if isHidden(scalar) { quoted += escape(scalar) } else { quoted.unicodeScalars.append(scalar) }
            }
        }
        return quoted + "\""
    }

    /// Whether there is a control character, of C0 or C1, in a text.
    static func hasControlCharacter(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }

    /// Whether a scalar would not show, would break the line, or is not allowed in YAML.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .unassigned, .surrogate, .privateUse: true
        default: !HarmlessText.isHarmless(scalar)
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let hex = String(scalar.value, radix: 16, uppercase: true)
        return "\\U" + String(repeating: "0", count: 8 - hex.count) + hex
    }
}
