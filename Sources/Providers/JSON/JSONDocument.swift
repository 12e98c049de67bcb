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
        var parser = JSONParser(valueCountMax: valueCountMax)
        tape = try parser.parse(bytes.span)
        self.bytes = bytes
    }

    /// The value that the text is.
    package var root: JSONValue { JSONValue(document: self, index: 0) }

    /// The index of the entry behind a value and all that it holds.
    func indexBehind(_ index: Int) -> Int {
        let entry = tape[index]
        return entry.isContainer ? Int(entry.extent) : index + 1
    }

    /// The byte that says what kind of value an entry is.
    func firstByte(_ index: Int) -> UInt8 { bytes[tape[index].offset] }

    /// The index of the value of the last member of that name.
    func member(named name: String, of object: Int) -> Int? {
        let wanted = name.utf8.span
        let end = Int(tape[object].extent)
        var found: Int?
        var key = object + 1
        while key < end {
            let entry = tape[key]
            // The length alone tells most names apart, and that a name has no escapes.
            if entry.extent == wanted.count {
                if isEqual(wanted, at: entry.offset + 1) { found = key + 1 }
            } else if entry.hasEscapes, isEscaped(wanted, in: entry) {
                found = key + 1
            }
            key = indexBehind(key + 1)
        }
        return found
    }

    /// The text of a string's entry.
    func text(of entry: JSONTapeEntry) -> String {
        let start = entry.offset + 1
        let end = start + entry.stringByteCount
        if entry.hasEscapes { return JSONEscapes.decode(bytes[start..<end]) }
        // The pointer is used within the call alone, and what is between start and end is within the array.
        precondition(end <= bytes.count)
        return unsafe bytes.withUnsafeBufferPointer {
            unsafe String(decoding: UnsafeBufferPointer(rebasing: $0[start..<end]), as: UTF8.self)
        }
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
