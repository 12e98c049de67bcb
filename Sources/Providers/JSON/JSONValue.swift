/// A value in a JSON text, or none: every access to what is missing or of another type is nil or missing in
/// turn.
package struct JSONValue: Sendable {
    /// What is found where there is nothing.
    package static let missing = JSONValue(document: nil, index: 0)

    private let document: JSONDocument?
    private let index: Int

    /// The types of JSON.
    package enum Kind: Sendable {
        case array, bool, null, number, object, string
    }

    init(document: JSONDocument?, index: Int) {
        self.document = document
        self.index = index
    }

    /// The value of an object's member; of several of that name the last one's.
    package subscript(_ name: String) -> JSONValue {
        guard let document, kind == .object, let member = document.member(named: name, of: index) else {
            return .missing
        }
        return JSONValue(document: document, index: member)
    }

    /// What it is; nil where there is nothing.
    package var kind: Kind? {
        guard let document else { return nil }
        switch document.firstByte(index) {
        case JSONByte.openBrace: return .object
        case JSONByte.openBracket: return .array
        case JSONByte.quote: return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        default: return .number
        }
    }

    /// Whether something is there, even null.
    package var exists: Bool { document != nil }

    /// Whether null is there.
    package var isNull: Bool { kind == .null }

    /// Whether an object is there.
    package var isObject: Bool { kind == .object }

    /// A boolean.
    package var bool: Bool? {
        guard let document, kind == .bool else { return nil }
        return document.firstByte(index) == UInt8(ascii: "t")
    }

    /// A string's text, which may be empty.
    package var string: String? {
        guard let document, kind == .string else { return nil }
        return document.text(of: document.tape[index])
    }

    /// A string's text unless that is empty: how the event JSON takes text over.
    package var text: String? {
        guard let string, !string.isEmpty else { return nil }
        return string
    }

    /// Whether a string is there that is not empty.
    package var hasText: Bool { text.map { _ in true } ?? false }

    /// A text that is one of a vocabulary's or can be compared: nil if it is longer than any of them.
    ///
    /// Swift compares and hashes strings by their canonical form, which costs the square of the length for a
    /// text of combining marks. Whatever is only copied is `text`; whatever is looked at is `word`.
    package var word: String? {
        guard let document, kind == .string, document.tape[index].stringByteCount <= Self.wordByteCountMax,
            let text, text.utf8.count <= ShortText.byteCountMax
        else { return nil }
        return text
    }

    /// How long a word may be with escapes, which take up to six bytes for one.
    private static let wordByteCountMax = JSONEscapes.byteCountMax * ShortText.byteCountMax

    /// The address of something on the web, to be taken apart: nil for what is longer than any, or not ASCII.
    package var address: String? {
        guard let document, kind == .string,
            document.tape[index].stringByteCount <= Self.addressByteCountMax, let text,
            text.utf8.allSatisfy({ $0 < 0x80 })
        else { return nil }
        return text
    }

    /// How long an address may be; browsers and proxies take no more.
    private static let addressByteCountMax = 2048

    /// An integer of 64 bits, as a number or as a string of digits; nil for fractions, exponents and larger
    /// ones.
    package var int64: Int64? {
        guard let document else { return nil }
        let entry = document.tape[index]
        switch kind {
        case .number:
            let start = entry.offset
            return Self.integer(document.bytes[start..<start + Int(entry.extent)])
        case .string where !entry.hasEscapes:
            let start = entry.offset + 1
            return Self.integer(document.bytes[start..<start + entry.stringByteCount])
        default:
            return nil
        }
    }

    /// An array's elements; nil for anything else.
    package var array: [JSONValue]? {
        guard let document, kind == .array else { return nil }
        let end = Int(document.tape[index].extent)
        var elements: [JSONValue] = []
        var next = index + 1
        while next < end {
            elements.append(JSONValue(document: document, index: next))
            next = document.indexBehind(next)
        }
        return elements
    }

    /// The first element of an array.
    package var first: JSONValue {
        guard let document, kind == .array, index + 1 < Int(document.tape[index].extent) else {
            return .missing
        }
        return JSONValue(document: document, index: index + 1)
    }

    private static func integer(_ digits: ArraySlice<UInt8>) -> Int64? {
        let isNegative = digits.first == JSONByte.minus
        let digits = isNegative ? digits.dropFirst() : digits
        guard !digits.isEmpty else { return nil }
        var value: Int64 = 0
        for digit in digits {
            guard JSONByte.isDigit(digit) else { return nil }
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooSmall) = product.subtractingReportingOverflow(Int64(digit - 0x30))
            guard !isTooLarge, !isTooSmall else { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
