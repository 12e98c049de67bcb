/// Checks a text and makes its tape, in one pass and without recursion: no nesting can exhaust the stack.
///
/// What every value goes through is inlined into one loop, where the state stays in registers; what few go
/// through (escapes, errors) is apart and takes the place that it looks at.
struct JSONParser {
    /// The next byte to look at, never negative.
    private var position = 0
    /// How many entries the tape has.
    private var entryCount = 0
    /// The innermost container whose end was not seen yet.
    private var container = 0
    /// The byte that ends it.
    private var closer = JSONByte.closeBrace
    private var depth = 0
    private var isFirstInContainer = false
    private let valueCountMax: Int

    /// The compact payloads of forges have 24 bytes for each key and value.
    static let byteCountPerEntryGuess = 20
    /// A key and its value are read in one go.
    private static let entryCountPerStep = 2
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// Prepares to read a text with no more than so many keys and values.
    init(valueCountMax: Int) {
        self.valueCountMax = valueCountMax
    }

    /// Reads the whole text and gives its tape.
    mutating func parse(_ text: Span<UInt8>) throws(JSONSyntaxError) -> [JSONTapeEntry] {
        guard text.count <= JSONDocument.byteCountMax else { throw Self.error(.tooLong, text, at: 0) }
        skipByteOrderMark(text)
        skipWhiteSpace(text)
        guard position < text.count else { throw Self.error(.empty, text, at: position) }
        let guess = min(text.count / Self.byteCountPerEntryGuess, valueCountMax) + Self.entryCountPerStep
        var tape = [JSONTapeEntry](repeating: .unused, count: guess)
        while try fill(&tape, text) { grow(&tape) }
        skipWhiteSpace(text)
        guard position == text.count else { throw Self.error(.textAfterEnd, text, at: position) }
        tape.removeLast(tape.count - entryCount)
        return tape
    }

    /// The error to throw; at the end of the text, that is the reason.
    static func error(
        _ reason: JSONSyntaxError.Reason,
        _ text: Span<UInt8>,
        at offset: Int
    ) -> JSONSyntaxError {
        let isEnd = offset >= text.count && reason != .empty && reason != .tooLong
        return JSONSyntaxError(reason: isEnd ? .unexpectedEnd : reason, offset: offset)
    }

    /// Doubles the tape, up to the room in which every text ends or has too many values.
    private func grow(_ tape: inout [JSONTapeEntry]) {
        let missing = valueCountMax + Self.entryCountPerStep - tape.count
        tape.append(contentsOf: repeatElement(.unused, count: min(tape.count, missing)))
    }

    /// Reads on, until the root's end or until the tape is full; says whether it is full.
    private mutating func fill(
        _ tape: inout [JSONTapeEntry],
        _ text: Span<UInt8>
    ) throws(JSONSyntaxError) -> Bool {
        var tape = tape.mutableSpan
        // A variable of this function's own is what the compiler can keep in registers.
        var parser = self
        defer { self = parser }
        if parser.entryCount == 0 { try parser.parseValue(text, &tape) }
        while parser.depth > 0 {
            guard tape.count - parser.entryCount >= Self.entryCountPerStep else { return true }
            try parser.parseNext(text, &tape)
        }
        return false
    }

    /// The end of the innermost container, or its next member or element; not what that holds in turn.
    @inline(always)
    private mutating func parseNext(
        _ text: Span<UInt8>,
        _ tape: inout MutableSpan<JSONTapeEntry>
    ) throws(JSONSyntaxError) {
        skipWhiteSpace(text)
        if next(text) == closer { return endContainer(text, &tape) }
        if !isFirstInContainer {
            try skip(JSONByte.comma, text, else: .missingComma)
            skipWhiteSpace(text)
        }
        isFirstInContainer = false
        if closer == JSONByte.closeBrace {
            guard next(text) == JSONByte.quote else { throw Self.error(.missingKey, text, at: position) }
            try parseString(text, &tape)
            skipWhiteSpace(text)
            try skip(JSONByte.colon, text, else: .missingColon)
            skipWhiteSpace(text)
        }
        try parseValue(text, &tape)
    }

    @inline(always)
    private mutating func parseValue(
        _ text: Span<UInt8>,
        _ tape: inout MutableSpan<JSONTapeEntry>
    ) throws(JSONSyntaxError) {
        guard let byte = next(text) else { throw Self.error(.unexpectedEnd, text, at: position) }
        switch byte {
        case JSONByte.quote: try parseString(text, &tape)
        case JSONByte.openBrace: try beginContainer(closer: JSONByte.closeBrace, text, &tape)
        case JSONByte.openBracket: try beginContainer(closer: JSONByte.closeBracket, text, &tape)
        case UInt8(ascii: "t"): try parseLiteral("true", text, &tape)
        case UInt8(ascii: "f"): try parseLiteral("false", text, &tape)
        case UInt8(ascii: "n"): try parseLiteral("null", text, &tape)
        case JSONByte.minus, 0x30...0x39:
            let end = try Self.endOfNumber(text, at: position)
            try append(JSONTapeEntry(scalarAt: position, end: end), text, &tape)
            position = end
        default: throw Self.error(.missingValue, text, at: position)
        }
    }

    /// Until its end is seen, a container's extent holds the container that it is in.
    @inline(always)
    private mutating func beginContainer(
        closer: UInt8,
        _ text: Span<UInt8>,
        _ tape: inout MutableSpan<JSONTapeEntry>
    ) throws(JSONSyntaxError) {
        guard depth < JSONDocument.depthMax else { throw Self.error(.tooDeep, text, at: position) }
        let index = entryCount
        try append(JSONTapeEntry(containerAt: position, extent: container), text, &tape)
        container = index
        self.closer = closer
        depth += 1
        position += 1
        isFirstInContainer = true
    }

    @inline(always)
    private mutating func endContainer(_ text: Span<UInt8>, _ tape: inout MutableSpan<JSONTapeEntry>) {
        let outer = Int(tape[container].extent)
        tape[container].extent = UInt32(truncatingIfNeeded: entryCount)
        container = outer
        let isObject = text[tape[outer].offset] == JSONByte.openBrace
        closer = isObject ? JSONByte.closeBrace : JSONByte.closeBracket
        depth -= 1
        position += 1
        isFirstInContainer = false
    }

    @inline(always)
    private mutating func parseString(
        _ text: Span<UInt8>,
        _ tape: inout MutableSpan<JSONTapeEntry>
    ) throws(JSONSyntaxError) {
        let (end, hasEscapes) = try Self.endOfString(text, at: position)
        try append(JSONTapeEntry(stringAt: position, end: end, hasEscapes: hasEscapes), text, &tape)
        position = end
    }

    @inline(always)
    private mutating func parseLiteral(
        _ literal: StaticString,
        _ text: Span<UInt8>,
        _ tape: inout MutableSpan<JSONTapeEntry>
    ) throws(JSONSyntaxError) {
        let start = position
        for index in 0..<literal.utf8CodeUnitCount {
            // The index is within the literal, whose bytes live as long as the process.
            try skip(unsafe literal.utf8Start[index], text, else: .missingValue)
        }
        try append(JSONTapeEntry(scalarAt: start, end: position), text, &tape)
    }

    /// An entry that is one too many shows at its beginning.
    @inline(always)
    private mutating func append(
        _ entry: JSONTapeEntry,
        _ text: Span<UInt8>,
        _ tape: inout MutableSpan<JSONTapeEntry>
    ) throws(JSONSyntaxError) {
        guard entryCount < valueCountMax else { throw Self.error(.tooManyValues, text, at: entry.offset) }
        tape[entryCount] = entry
        entryCount += 1
    }

    /// The byte at the position; nil at the end.
    @inline(always)
    private func next(_ text: Span<UInt8>) -> UInt8? { Self.byte(of: text, at: position) }

    @inline(always)
    private mutating func skip(
        _ byte: UInt8,
        _ text: Span<UInt8>,
        else reason: JSONSyntaxError.Reason
    ) throws(JSONSyntaxError) {
        guard next(text) == byte else { throw Self.error(reason, text, at: position) }
        position += 1
    }

    @inline(always)
    private mutating func skipWhiteSpace(_ text: Span<UInt8>) {
        while let byte = next(text), JSONByte.isWhiteSpace(byte) { position += 1 }
    }

    private mutating func skipByteOrderMark(_ text: Span<UInt8>) {
        let mark = Self.byteOrderMark
        guard text.count >= mark.count, mark.indices.allSatisfy({ text[$0] == mark[$0] }) else { return }
        position = mark.count
    }
}
