/// A value that may be secret: a text of the file, or a reference to where it is kept.
///
/// What begins with `env:`, `file:` or `credential:` is always a reference; a text that has to begin so is
/// put behind one. No description shows a text, as it may be a secret all the same.
package enum SettingValue: Equatable, CustomDebugStringConvertible, CustomStringConvertible, Sendable {
    /// The value itself.
    case text(String)
    /// Where it is kept.
    case reference(SecretReference)

    /// The reference; of a text only that there is one.
    package var description: String {
        switch self {
        case .text: "(set)"
        case let .reference(reference): reference.description
        }
    }

    /// The same.
    package var debugDescription: String { description }
}

extension ValueParser<SettingValue> {
    private static let schemes = ["env:", "file:", "credential:"]

    /// A text or a reference; neither is ever repeated.
    static func settingValue(_ text: ValueParser<String>) -> ValueParser {
        ValueParser { value throws(ValueProblem) in
            guard schemes.contains(where: { value.hasPrefix($0) }) else {
                return .text(try text.parse(value))
            }
            guard let reference = SecretReference(value) else {
                throw ValueProblem(
                    "begins like a reference but is none: write env:NAME, file:/path or credential:NAME"
                )
            }
            return .reference(reference)
        }
    }
}
