/// Checks a text and makes its tape, in one pass and without recursion: no nesting can exhaust the stack.
struct JSONParser {
    /// The text.
    let bytes: [UInt8]
    /// The next byte to look at.
    var position = 0
    /// The entries so far; all of them after `parse`.
    private(set) var tape: [JSONTapeEntry] = []
    private var open: [OpenContainer] = []
    private var isFirstInContainer = false
    private let valueCountMax: Int

    /// The compact payloads of forges have 24 bytes for each key and value.
    private static let byteCountPerEntryGuess = 20
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// An object or array whose end was not seen yet.
    private struct OpenContainer {
        let index: Int
        let closer: UInt8
    }

    /// Prepares to read a text with no more than so many keys and values.
    init(_ bytes: [UInt8], valueCountMax: Int) {
        self.bytes = bytes
        self.valueCountMax = valueCountMax
    }

    /// Reads the whole text.
    mutating func parse() throws(JSONSyntaxError) {
        guard bytes.count <= JSONDocument.byteCountMax else { throw error(.tooLong) }
        if bytes.starts(with: Self.byteOrderMark) { position = Self.byteOrderMark.count }
        tape.reserveCapacity(min(bytes.count / Self.byteCountPerEntryGuess + 1, valueCountMax))
        skipWhiteSpace()
        guard position < bytes.count else { throw error(.empty) }
        try parseValue()
        while let container = open.last { try parseNext(in: container) }
        skipWhiteSpace()
        guard position == bytes.count else { throw error(.textAfterEnd) }
    }

    /// The error to throw, at the position unless another place is named; at the end that is the reason.
    func error(_ reason: JSONSyntaxError.Reason, at offset: Int? = nil) -> JSONSyntaxError {
        let offset = offset ?? position
        let isEnd = offset >= bytes.count && reason != .empty && reason != .tooLong
        return JSONSyntaxError(reason: isEnd ? .unexpectedEnd : reason, offset: offset)
    }

    /// The end of a container, or its next member or element; not what that holds in turn.
    private mutating func parseNext(in container: OpenContainer) throws(JSONSyntaxError) {
        skipWhiteSpace()
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        if bytes[position] == container.closer {
            position += 1
            tape[container.index].extent = UInt32(tape.count)
            open.removeLast()
            isFirstInContainer = false
            return
        }
        if !isFirstInContainer {
            try skip(JSONByte.comma, else: .missingComma)
            skipWhiteSpace()
        }
        isFirstInContainer = false
        if container.closer == JSONByte.closeBrace {
            guard position < bytes.count, bytes[position] == JSONByte.quote else { throw error(.missingKey) }
            try parseString()
            skipWhiteSpace()
            try skip(JSONByte.colon, else: .missingColon)
            skipWhiteSpace()
        }
        try parseValue()
    }

    private mutating func parseValue() throws(JSONSyntaxError) {
        guard position < bytes.count else { throw error(.unexpectedEnd) }
        switch bytes[position] {
        case JSONByte.quote: try parseString()
        case JSONByte.openBrace: try beginContainer(closer: JSONByte.closeBrace)
        case JSONByte.openBracket: try beginContainer(closer: JSONByte.closeBracket)
        case JSONByte.minus, 0x30...0x39: try parseNumber()
        case UInt8(ascii: "t"): try parseLiteral("true")
        case UInt8(ascii: "f"): try parseLiteral("false")
        case UInt8(ascii: "n"): try parseLiteral("null")
        default: throw error(.missingValue)
        }
    }

    private mutating func beginContainer(closer: UInt8) throws(JSONSyntaxError) {
        guard open.count < JSONDocument.depthMax else { throw error(.tooDeep) }
        open.append(OpenContainer(index: tape.count, closer: closer))
        try append(offset: position, extent: 0)
        position += 1
        isFirstInContainer = true
    }

    private mutating func parseString() throws(JSONSyntaxError) {
        let start = position
        let hasEscapes = try skipString()
        let length = UInt32(position - start - 2)
        try append(offset: start, extent: hasEscapes ? length | JSONTapeEntry.escapeFlag : length)
    }

    private mutating func parseNumber() throws(JSONSyntaxError) {
        let start = position
        if bytes[position] == JSONByte.minus { position += 1 }
        if position < bytes.count, bytes[position] == UInt8(ascii: "0") {
            position += 1
        } else {
            try skipDigits()
        }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == JSONByte.minus
            {
                position += 1
            }
            try skipDigits()
        }
        try append(offset: start, extent: UInt32(position - start))
    }

    private mutating func parseLiteral(_ literal: StaticString) throws(JSONSyntaxError) {
        let start = position
        for byte in literal.description.utf8 { try skip(byte, else: .missingValue) }
        try append(offset: start, extent: 0)
    }

    private mutating func append(offset: Int, extent: UInt32) throws(JSONSyntaxError) {
        guard tape.count < valueCountMax else { throw error(.tooManyValues, at: offset) }
        tape.append(JSONTapeEntry(offset: UInt32(offset), extent: extent))
    }

    private mutating func skip(_ byte: UInt8, else reason: JSONSyntaxError.Reason) throws(JSONSyntaxError) {
        guard position < bytes.count, bytes[position] == byte else { throw error(reason) }
        position += 1
    }

    private mutating func skipDigits() throws(JSONSyntaxError) {
        guard position < bytes.count, JSONByte.isDigit(bytes[position]) else { throw error(.invalidNumber) }
        while position < bytes.count, JSONByte.isDigit(bytes[position]) { position += 1 }
    }

    private mutating func skipWhiteSpace() {
        while position < bytes.count, JSONByte.isWhiteSpace(bytes[position]) { position += 1 }
    }
}
