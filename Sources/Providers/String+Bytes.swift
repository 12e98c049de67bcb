/// Comparisons by bytes.
///
/// Those of `String` look at canonical forms, which costs the square of the length for a text of combining
/// marks, and anybody may send such a text.
extension String {
    /// Whether the bytes are the same.
    func hasSameBytes(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }

    /// Whether the text ends with another one.
    func hasByteSuffix(_ suffix: String) -> Bool {
        utf8.count >= suffix.utf8.count && utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
    }

    /// What stands behind a prefix; nil if the text does not begin with it.
    func withoutPrefix(_ prefix: String) -> String? {
        utf8.starts(with: prefix.utf8) ? String(Substring(utf8.dropFirst(prefix.utf8.count))) : nil
    }
}
