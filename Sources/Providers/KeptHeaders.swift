import Events

/// The request headers that are stored with a delivery: those of an allow-list, so that no signature, token,
/// cookie or credential is ever among them.
enum KeptHeaders {
    /// How much of a value is kept.
    static let valueByteCountMax = 1024

    private static let always = ["content-type", "user-agent"]

    /// A JSON object with lower-case names; a field that stands several times is joined with commas.
    static func json(_ headers: HeaderFields, provider: any Provider) -> String {
        var json = JSONWriter(capacity: 512)
        json.object { json in
            for name in always + provider.keptHeaders {
                if let value = headers.joined(name) { json.field(name, bounded(value)) }
            }
        }
        return json.text
    }

    /// Cut between characters.
    private static func bounded(_ value: String) -> String {
        guard value.utf8.count > valueByteCountMax else { return value }
        var end = value.utf8.index(value.startIndex, offsetBy: valueByteCountMax)
        while end.samePosition(in: value.unicodeScalars) == nil { end = value.utf8.index(before: end) }
        return String(value[..<end])
    }
}
