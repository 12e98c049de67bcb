/// Something that has a place in the event JSON.
public protocol JSONWritable {
    /// Appends this value to the JSON text.
    func write(to json: inout JSONWriter)
}

/// Writes compact JSON with the fields in the order in which they are given.
///
/// The order is why this is not `JSONEncoder`, which shuffles the keys: people read `events.event` in the
/// `sqlite3` shell, and an event must look the same every time.
public struct JSONWriter: Sendable {
    /// The UTF-8 text so far.
    public private(set) var bytes: [UInt8]
    private var needsComma = false

    /// The bytes around a key.
    private static let punctuationMax = 4

    /// Makes an empty text.
    ///
    /// - Parameter capacity: The number of bytes to make room for.
    public init(capacity: Int = 4096) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// The text so far.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Writes an object whose fields `fields` writes.
    public mutating func object(_ fields: (inout JSONWriter) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        fields(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    /// Writes a field of the documented shape: `null` where the provider does not say.
    ///
    /// Names are written as they are, here and in the other methods: nothing in them may have to be escaped.
    public mutating func field<Value: JSONWritable>(_ name: String, _ value: Value?) {
        key(name)
        if let value { value.write(to: &self) } else { raw("null") }
        needsComma = true
    }

    /// Writes a detail that only some events have: left out where there is none.
    public mutating func detail<Value: JSONWritable>(_ name: String, _ value: Value?) {
        guard let value else { return }
        field(name, value)
    }

    /// Writes a field whose value is JSON text already.
    public mutating func field(_ name: String, rawJSON: some Sequence<UInt8>) {
        key(name)
        bytes.append(contentsOf: rawJSON)
        needsComma = true
    }

    /// Writes an array.
    public mutating func array(_ values: some Sequence<some JSONWritable>) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for value in values {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            value.write(to: &self)
            isFirst = false
        }
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    /// Writes a string value, escaped as RFC 8259 section 7 demands and no further.
    public mutating func string(_ value: String) {
        let text = value.utf8.span
        var start = Self.endOfRun(text, from: 0)
        guard start < text.count else { return append(text, asKey: false) }
        bytes.append(UInt8(ascii: "\""))
        start = 0
        while start < text.count {
            let end = Self.endOfRun(text, from: start)
            // The pointer is used within the call alone.
            unsafe text.extracting(start..<end).withUnsafeBufferPointer {
                unsafe bytes.append(contentsOf: $0)
            }
            if end < text.count { escape(text[end]) }
            start = end + 1
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends ASCII text as it is.
    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Lets a caller continue an object that began elsewhere.
    mutating func continueObject() { needsComma = true }

    /// Names are ours: no byte of them has to be escaped.
    private mutating func key(_ name: String) {
        assert(Self.endOfRun(name.utf8.span, from: 0) == name.utf8.count, "a name that has to be escaped")
        append(name.utf8.span, asKey: true)
        needsComma = false
    }

    /// Appends a text in quotation marks, with what belongs around a key: at once, as most texts are short.
    @inline(always)
    private mutating func append(_ text: Span<UInt8>, asKey: Bool) {
        let needsComma = asKey && needsComma
        bytes.append(addingCapacity: text.count + Self.punctuationMax) { output in
            if needsComma { output.append(UInt8(ascii: ",")) }
            output.append(UInt8(ascii: "\""))
            // Both pointers are used within the calls alone, and there is room for the text.
            unsafe output.withUnsafeMutableBufferPointer { room, count in
                count += unsafe text.withUnsafeBufferPointer {
                    unsafe room.extracting(count...).initialize(fromContentsOf: $0)
                }
            }
            output.append(UInt8(ascii: "\""))
            if asKey { output.append(UInt8(ascii: ":")) }
        }
    }

    /// The offset behind the bytes that can be copied as they are.
    private static func endOfRun(_ text: Span<UInt8>, from start: Int) -> Int {
        var end = JSONBlock.skipPlainBytes(of: text, from: start)
        while end < text.count, !needsEscape(text[end]) { end += 1 }
        return end
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): raw("\\\"")
        case UInt8(ascii: "\\"): raw("\\\\")
        case 0x0A: raw("\\n")
        case 0x0D: raw("\\r")
        case 0x09: raw("\\t")
        default: controlCharacter(byte)
        }
    }

    private mutating func controlCharacter(_ byte: UInt8) {
        let digits: [UInt8] = Array("0123456789abcdef".utf8)
        raw("\\u00")
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
    }
}

extension String: JSONWritable {
    /// Writes a JSON string.
    public func write(to json: inout JSONWriter) { json.string(self) }
}

extension Bool: JSONWritable {
    /// Writes `true` or `false`.
    public func write(to json: inout JSONWriter) { json.raw(self ? "true" : "false") }
}

extension Int: JSONWritable {
    /// Writes a JSON integer.
    public func write(to json: inout JSONWriter) { json.raw(String(self)) }
}

extension Int64: JSONWritable {
    /// Writes a JSON integer.
    public func write(to json: inout JSONWriter) { json.raw(String(self)) }
}

extension Array: JSONWritable where Element: JSONWritable {
    /// Writes a JSON array.
    public func write(to json: inout JSONWriter) { json.array(self) }
}
