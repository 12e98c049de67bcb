import Signatures

/// The value of a form's field where it stands in the form: found and read without decoding anything else,
/// and without room for anything but what is asked for.
///
/// Anybody may send a form of millions of fields, or a value of millions of escapes.
struct EncodedFormValue {
    private let form: [UInt8]
    private let range: Range<Int>

    /// How many bytes are decoded at a time.
    private static let partByteCountMax = 4096

    /// The first field of that name; nil if there is none.
    init?(_ name: String, in form: [UInt8]) {
        guard let start = Self.valueStart(of: name.utf8.span, in: form.span) else { return nil }
        self.form = form
        range = start..<Self.fieldEnd(form.span, from: start)
    }

    /// Gives the decoded bytes in their order, part by part.
    func forEachPart(_ body: (Span<UInt8>) -> Void) {
        let form = form.span
        var part = [UInt8](repeating: 0, count: min(range.count, Self.partByteCountMax))
        var count = 0
        var index = range.lowerBound
        while index < range.upperBound {
            if count == part.count {
                body(part.span)
                count = 0
            }
            let (byte, next) = Self.decode(form, at: index, end: range.upperBound)
            part[count] = byte
            count &+= 1
            index = next
        }
        body(part.span.extracting(first: count))
    }

    /// All of it, in an array that is no larger than that.
    func decoded() -> [UInt8] {
        var count = 0
        forEachPart { count += $0.count }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        forEachPart { part in
            for index in part.indices { bytes.append(part[index]) }
        }
        return bytes
    }

    /// Where the value of the first field of a name begins: behind its equals sign, or where a field that has
    /// none ends.
    private static func valueStart(of name: Span<UInt8>, in form: Span<UInt8>) -> Int? {
        var start = 0
        while start < form.count {
            if let end = nameEnd(form, from: start, ifNamed: name) {
                return end < form.count && form[end] == equalsSign ? end &+ 1 : end
            }
            start = fieldEnd(form, from: start) &+ 1
        }
        return nil
    }

    /// Where the name of the field that begins at an offset ends, if it is the one given.
    ///
    /// Looks no further than the first byte that is another one.
    private static func nameEnd(
        _ form: Span<UInt8>,
        from start: Int,
        ifNamed name: Span<UInt8>
    ) -> Int? {
        var index = start
        for expected in name.indices {
            guard index < form.count, form[index] != ampersand, form[index] != equalsSign else { return nil }
            let (byte, next) = decode(form, at: index, end: form.count)
            guard byte == name[expected] else { return nil }
            index = next
        }
        return index == form.count || form[index] == ampersand || form[index] == equalsSign ? index : nil
    }

    /// Where the next ampersand stands, or the end.
    private static func fieldEnd(_ form: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while index < form.count, form[index] != ampersand { index &+= 1 }
        return index
    }

    /// The byte that stands at an offset, and where the next one does: a plus is a space, a percent sign
    /// without two digits behind it stands for itself.
    private static func decode(_ form: Span<UInt8>, at index: Int, end: Int) -> (byte: UInt8, next: Int) {
        let byte = form[index]
        if byte == UInt8(ascii: "%"), index &+ 2 < end,
            let high = Hexadecimal.value(of: form[index &+ 1]),
            let low = Hexadecimal.value(of: form[index &+ 2])
        {
            return (high << 4 | low, index &+ 3)
        }
        return (byte == UInt8(ascii: "+") ? 0x20 : byte, index &+ 1)
    }

    private static let ampersand = UInt8(ascii: "&")
    private static let equalsSign = UInt8(ascii: "=")
}
