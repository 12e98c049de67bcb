/// A JSON text that was checked whole against RFC 8259, with an index of its values; nothing else is copied.
///
/// Every key and value costs eight bytes of index: a third of a compact forge payload, and never more than
/// `valueCountMax` of them, 64 MiB. Of several members with the same name the last one counts, as for most
/// readers.
package final class JSONDocument: Sendable {
    /// How deep objects and arrays may be nested.
    package static let depthMax = 512
    /// How many keys and values a text may have.
    package static let valueCountMax = 8_388_608
    /// How long a text may be: offsets have 32 bits, of which strings need one.
    package static let byteCountMax = Int(Int32.max)

    /// The text as it came.
    let bytes: [UInt8]
    /// Where its keys and values are.
    let tape: [JSONTapeEntry]

    /// Checks and indexes a text; a byte order mark before it is stepped over.
    package init(
        _ bytes: [UInt8],
        valueCountMax: Int = JSONDocument.valueCountMax
    ) throws(JSONSyntaxError) {
        var parser = JSONParser(bytes, valueCountMax: valueCountMax)
        try parser.parse()
        self.bytes = bytes
        tape = parser.tape
    }

    /// The value that the text is.
    package var root: JSONValue { JSONValue(document: self, index: 0) }

    /// The index of the entry behind a value and all that it holds.
    func indexBehind(_ index: Int) -> Int {
        isContainer(index) ? Int(tape[index].extent) : index + 1
    }

    /// The byte that says what kind of value an entry is.
    func firstByte(_ index: Int) -> UInt8 { bytes[Int(tape[index].offset)] }

    /// The index of the value of the last member of that name.
    func member(named name: String, of object: Int) -> Int? {
        let wanted = name.utf8.span
        let end = Int(tape[object].extent)
        var found: Int?
        var key = object + 1
        while key < end {
            let entry = tape[key]
            if entry.hasEscapes {
                if isEscaped(wanted, in: entry) { found = key + 1 }
            } else if Int(entry.extent) == wanted.count, isEqual(wanted, at: Int(entry.offset) + 1) {
                found = key + 1
            }
            key = indexBehind(key + 1)
        }
        return found
    }

    /// The text of a string's entry.
    func text(of entry: JSONTapeEntry) -> String {
        let start = Int(entry.offset) + 1
        let content = bytes[start..<start + entry.stringByteCount]
        return entry.hasEscapes ? JSONEscapes.decode(content) : String(decoding: content, as: UTF8.self)
    }

    private func isContainer(_ index: Int) -> Bool {
        let byte = firstByte(index)
        return byte == JSONByte.openBrace || byte == JSONByte.openBracket
    }

    /// Whether a string with escapes is that text, by its bytes, which `String` does not compare; one that is
    /// too long for the text is not even decoded.
    private func isEscaped(_ wanted: Span<UInt8>, in entry: JSONTapeEntry) -> Bool {
        guard entry.stringByteCount <= JSONEscapes.byteCountMax * wanted.count else { return false }
        let decoded = Array(text(of: entry).utf8)
        guard decoded.count == wanted.count else { return false }
        for index in wanted.indices where decoded[index] != wanted[index] { return false }
        return true
    }

    private func isEqual(_ wanted: Span<UInt8>, at start: Int) -> Bool {
        for index in wanted.indices where bytes[start + index] != wanted[index] { return false }
        return true
    }
}
