import Events

/// The beginning of a text from outside, made fit for a log, a terminal and the outbox.
enum Excerpt {
    /// The beginning of a text on one line, without control characters and secrets.
    ///
    /// - Parameters:
    ///   - bytes: The text; what is no UTF-8 becomes U+FFFD.
    ///   - secrets: What is left out, should the text repeat it.
    ///   - bytesMax: How much is kept.
    /// - Returns: The excerpt; empty if nothing printable is left.
    static func of(_ bytes: some Sequence<UInt8>, without secrets: [String], bytesMax: Int) -> String {
        var text = String(decoding: Array(bytes), as: UTF8.self)
        for secret in secrets where !secret.isEmpty { text.replace(secret, with: "[redacted]") }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(HarmlessText.isHarmless(scalar) ? scalar : " ") }
        let line = String(scalars).split(separator: " ").joined(separator: " ")
        return line.utf8.count > bytesMax ? clipped(line, bytesMax) + "…" : line
    }

    private static func clipped(_ text: String, _ bytesMax: Int) -> Substring {
        var end = text.startIndex
        var bytes = 0
        for character in text {
            bytes += character.utf8.count
            guard bytes <= bytesMax else { break }
            end = text.index(after: end)
        }
        return text[..<end]
    }
}
