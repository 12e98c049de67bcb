import Signatures

/// A body of the type `application/x-www-form-urlencoded`, decoded as the WHATWG URL standard says.
package enum FormFields {
    /// The bytes of the first field of that name; nil if there is none.
    package static func value(_ name: String, in form: [UInt8]) -> [UInt8]? {
        for field in form.split(separator: UInt8(ascii: "&")) {
            let separator = field.firstIndex(of: UInt8(ascii: "=")) ?? field.endIndex
            guard decode(field[..<separator]).elementsEqual(name.utf8) else { continue }
            return decode(field[separator...].dropFirst())
        }
        return nil
    }

    /// A plus is a space; a percent sign without two digits behind it stands for itself.
    private static func decode(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "%"), index + 2 < text.endIndex,
                let high = Hexadecimal.value(of: text[index + 1]),
                let low = Hexadecimal.value(of: text[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
        return bytes
    }
}
