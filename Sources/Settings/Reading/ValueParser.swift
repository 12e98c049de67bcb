/// What is wrong with one value, without saying where it stands.
struct ValueProblem: Error, Equatable {
    /// What is wrong; a value that may be secret is never repeated.
    let message: String
    /// What was probably meant.
    let suggestion: String?

    init(_ message: String, suggestion: String? = nil) {
        self.message = message
        self.suggestion = suggestion
    }
}

/// Turns the text of a value into the value, or says what is wrong with it.
struct ValueParser<Value>: Sendable {
    /// Reads the text.
    let parse: @Sendable (String) throws(ValueProblem) -> Value

    init(_ parse: @escaping @Sendable (String) throws(ValueProblem) -> Value) {
        self.parse = parse
    }
}

extension ValueParser<Bool> {
    /// `true` or `false`; also `yes`, `no`, `on` and `off`, as YAML 1.1 has them.
    static let flag = ValueParser { text throws(ValueProblem) in
        switch text.lowercased() {
        case "true", "yes", "on": return true
        case "false", "no", "off": return false
        default:
            throw ValueProblem(
                "\(QuotedText.shown(text)) is neither true nor false",
                suggestion: NearMiss.of(text, among: ["true", "false"])
            )
        }
    }
}

extension ValueParser<Int> {
    /// A whole number within a range.
    static func whole(in range: ClosedRange<Int>) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
            guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw ValueProblem("\(QuotedText.shown(text)) is not a whole number")
            }
            guard let number = Int(text), range.contains(number) else {
                throw ValueProblem(
                    "\(QuotedText.shown(text)) is not between \(range.lowerBound) and \(range.upperBound)"
                )
            }
            return number
        }
    }

    /// A size within a range; a number alone is in bytes, because the key's name says so.
    static func size(in range: ClosedRange<Int>) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            let isPlain = UnitScale.bytes.read(text) == .missingUnit
            let value = try UnitScale.bytes.value(
                of: isPlain ? text + "B" : text,
                as: "a size",
                example: "25MiB"
            )
            guard let size = Int(exactly: value), range.contains(size) else {
                throw ValueProblem(
                    "\(QuotedText.shown(text)) is not between \(ByteSize.text(range.lowerBound)) and "
                        + "\(ByteSize.text(range.upperBound)) (units: \(UnitScale.bytes.names))"
                )
            }
            return size
        }
    }
}

extension ValueParser<Double> {
    /// A decimal number within a range.
    static func decimal(in range: ClosedRange<Double>) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            let isDecimal = text.allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "-") }
            guard isDecimal, let number = Double(text) else {
                throw ValueProblem("\(QuotedText.shown(text)) is not a number")
            }
            guard range.contains(number) else {
                throw ValueProblem(
                    "\(QuotedText.shown(text)) is not between \(decimalText(range.lowerBound)) and "
                        + decimalText(range.upperBound)
                )
            }
            return number
        }
    }
}

extension ValueParser<Duration> {
    /// A duration with a unit, within a range.
    static func duration(in range: ClosedRange<Duration>) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            let value = try UnitScale.time.value(of: text, as: "a duration", example: "10s")
            guard range.contains(.milliseconds(value)) else {
                throw ValueProblem(
                    "\(QuotedText.shown(text)) is not between \(range.lowerBound.settingText) and "
                        + range.upperBound.settingText
                )
            }
            return .milliseconds(value)
        }
    }
}

extension ValueParser<String> {
    /// Text that is not empty, not too long and without control characters.
    static func text(maxBytes: Int) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            guard !text.isEmpty else { throw ValueProblem("is empty") }
            guard text.utf8.count <= maxBytes else { throw ValueProblem("is longer than \(maxBytes) bytes") }
            guard !QuotedText.hasControlCharacter(text) else {
                throw ValueProblem("holds a control character")
            }
            return text
        }
    }
}

extension ValueParser where Value: RawRepresentable<String> & CaseIterable & Sendable {
    /// One of the words of an enumeration.
    static var word: ValueParser {
        let values = Array(Value.allCases)
        return ValueParser { text throws(ValueProblem) in
            let words = values.map(\.rawValue)
            guard let value = values.first(where: { $0.rawValue == text }) else {
                throw ValueProblem(
                    "\(QuotedText.shown(text)) is not \(words.joinedWithOr())",
                    suggestion: NearMiss.of(text, among: words)
                )
            }
            return value
        }
    }
}

extension UnitScale {
    /// The quantity that a text writes.
    func value(of text: String, as kind: String, example: String) throws(ValueProblem) -> Int64 {
        let shown = QuotedText.shown(text)
        switch read(text) {
        case let .value(value): return value
        case .malformed:
            throw ValueProblem("\(shown) is not \(kind): a whole number and \(names), such as \(example)")
        case .missingUnit:
            throw ValueProblem("\(shown) has no unit: \(names), such as \(example)")
        case .tooLarge:
            throw ValueProblem("\(shown) is too large")
        case let .unknownUnit(suggestion):
            throw ValueProblem("\(shown) has an unknown unit; the units are \(names)", suggestion: suggestion)
        }
    }
}

/// A decimal number without a fraction of zero: `3`, `1.5`.
func decimalText(_ number: Double) -> String {
    Int(exactly: number).map { String($0) } ?? String(number)
}
