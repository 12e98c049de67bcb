import Yams

extension EventFilter {
    /// More conditions than this are refused: each is tried on every event.
    private static let conditionsMax = 64

    /// Reads `where`.
    ///
    /// - Parameters:
    ///   - section: The section of `where`.
    ///   - vocabulary: The fields that exist.
    ///   - isNarrowed: Whether the listener names its kinds itself, so that each should be possible.
    mutating func readConditions(
        _ section: Section,
        _ vocabulary: ConfigurationVocabulary,
        isNarrowed: Bool
    ) {
        guard section.names.count <= Self.conditionsMax else {
            return section.error("more than \(Self.conditionsMax) conditions", at: section.mark)
        }
        for name in section.names {
            do throws(ValueProblem) {
                let field = try vocabulary.field(at: name)
                guard let alternatives = section.alternatives(of: name, field.type) else { continue }
                conditions.append(FieldCondition(FieldPath(name), anyOf: alternatives))
                guard !alternatives.contains(.absent) else { continue }
                warn(section, name, lacking: kinds(without: field), isNarrowed: isNarrowed)
            } catch {
                section.error(error.message, at: section.mark(ofEntry: name), suggestion: error.suggestion)
            }
        }
    }

    /// The kinds taken by name of which no event has a field.
    private func kinds(without field: ConfigurationVocabulary.Field) -> (lacking: [String], isAll: Bool) {
        let kinds = on.compactMap(\.kind)
        let lacking = Set(kinds).subtracting(field.kinds).sorted()
        return (lacking, kinds.count == on.count && lacking.count == Set(kinds).count)
    }

    private func warn(
        _ section: Section,
        _ name: String,
        lacking: (lacking: [String], isAll: Bool),
        isNarrowed: Bool
    ) {
        guard !lacking.lacking.isEmpty, isNarrowed || lacking.isAll else { return }
        section.warning(
            "no event of the kind \(lacking.lacking.joinedWithOr()) has \(name), so none is taken",
            at: section.mark(ofEntry: name)
        )
    }
}

extension Section {
    private static let operators = ["equals", "in", "glob"]

    /// What a condition lets a field be; nil where it is wrong, which is then reported.
    fileprivate func alternatives(
        of name: String,
        _ type: ConfigurationVocabulary.Field.ValueType
    ) -> [FieldCondition.Alternative]? {
        let mark = mark(ofEntry: name)
        if isMapping(name) {
            return section(name).alternatives(type)
        }
        guard !isEmpty(name) else {
            error("\(name) has no condition; write null for a field that is absent", at: mark)
            return nil
        }
        return readAlternatives(name, .fieldValue(type), type, at: mark)
    }

    /// What the operators of this section let a field be.
    private func alternatives(
        _ type: ConfigurationVocabulary.Field.ValueType
    ) -> [FieldCondition.Alternative]? {
        let given = Self.operators.filter(names.contains)
        var alternatives: [FieldCondition.Alternative]?
        for name in given {
            let mark = mark(ofEntry: name)
            if name == "equals", isList(name) {
                error("equals takes one value; write in for several", at: mark)
            } else if isEmpty(name) {
                error("\(name) has no value; write null for a field that is absent", at: mark)
            } else {
                let parser: ValueParser<FieldCondition.Alternative> =
                    name == "glob" ? .glob : .fieldValue(type)
                alternatives = readAlternatives(name, parser, type, at: mark)
            }
        }
        if given.count > 1 { error("\(given.joined(separator: " and ")) exclude each other", at: mark) }
        if names.isEmpty { error("no condition: write equals, in or glob", at: mark) }
        finish(known: Self.operators)
        return given.count == 1 && names.count == 1 ? alternatives : nil
    }

    private func readAlternatives(
        _ name: String,
        _ parser: ValueParser<FieldCondition.Alternative>,
        _ type: ConfigurationVocabulary.Field.ValueType,
        at mark: Mark?
    ) -> [FieldCondition.Alternative]? {
        var alternatives: [FieldCondition.Alternative] = []
        read(name, &alternatives, listOf: parser, null: .absent) { $0.doubt(type) }
        if isList(name), !hasEntries(name) {
            error("\(name) is an empty list and takes nothing; leave it out", at: mark)
        }
        return alternatives.isEmpty ? nil : alternatives
    }
}

extension ValueParser<FieldCondition.Alternative> {
    private static let textBytesMax = 1024

    /// A pattern.
    fileprivate static let glob = ValueParser { text throws(ValueProblem) in
        .glob(try ValueParser<TextPattern>.textPattern.parse(text))
    }

    /// A value of a field's type, in the form that the event JSON has it; what is none of the type stays as
    /// it is, and never fits.
    fileprivate static func fieldValue(_ type: ConfigurationVocabulary.Field.ValueType) -> ValueParser {
        ValueParser { text throws(ValueProblem) in
            if type != .text, let value = try? type.text(of: text) { return .text(value) }
            return .text(try ValueParser<String>.text(maxBytes: textBytesMax).parse(text))
        }
    }
}

extension FieldCondition.Alternative {
    /// Why no value of a type can be this; nil if one can.
    fileprivate func doubt(_ type: ConfigurationVocabulary.Field.ValueType) -> ValueProblem? {
        switch self {
        case .absent: return nil
        case .text(let text):
            do throws(ValueProblem) {
                _ = try type.text(of: text)
                return nil
            } catch {
                return ValueProblem("\(error.message), so it never fits", suggestion: error.suggestion)
            }
        case .glob(let pattern):
            guard !type.mayFit(pattern) else { return nil }
            let shown = QuotedText.shown(pattern.description)
            return ValueProblem("\(shown) covers no \(type.noun), so it never fits")
        }
    }
}

extension ConfigurationVocabulary.Field.ValueType {
    /// A value as the event JSON has it.
    ///
    /// - Throws: Why the text is none of the type.
    fileprivate func text(of text: String) throws(ValueProblem) -> String {
        switch self {
        case .flag: try ValueParser<Bool>.flag.parse(text) ? "true" : "false"
        case .number: String(try ValueParser<Int>.whole(in: .min ... .max).parse(text))
        case .text: text
        }
    }

    /// What one value is called.
    fileprivate var noun: String {
        switch self {
        case .flag: "true or false"
        case .number: "whole number"
        case .text: "text"
        }
    }

    /// Whether a pattern covers some value of the type.
    fileprivate func mayFit(_ pattern: TextPattern) -> Bool {
        switch self {
        case .flag: pattern.matches("true") || pattern.matches("false")
        case .number: pattern.description.utf8.allSatisfy { "0123456789-*?".utf8.contains($0) }
        case .text: true
        }
    }
}

extension EventPattern {
    /// The kind that is named; nil for every kind.
    fileprivate var kind: String? {
        switch self {
        case .everything: nil
        case let .kind(kind), let .action(kind, _): kind
        }
    }
}
