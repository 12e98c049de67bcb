import Events
import ListenerKit
import NIOHTTP1

/// What an endpoint answered, as far as anybody wants to know.
struct EndpointAnswer: Sendable {
    /// The status.
    let status: HTTPResponseStatus
    /// The `Retry-After` header.
    let retryAfter: String?
    /// The `Location` header.
    let location: String?
    /// The beginning of the body; empty if it is compressed.
    let body: [UInt8]

    /// How much of the body is quoted.
    private static let excerptBytesMax = 200
    /// A status line's own words are bounded, too.
    private static let phraseBytesMax = 40
    private static let locationBytesMax = 200

    /// Judges the answer; returning means that the event is delivered.
    ///
    /// - Parameters:
    ///   - now: When it came.
    ///   - secrets: What is not quoted.
    /// - Throws: `AttemptFailure.unwanted` for 410, `ListenerError.permanent` for 413, `AttemptFailure.busy`
    ///   for 429 and 503 that say when to come back, `ListenerError.retry` for others that do, else
    ///   `EndpointError.refused`.
    func requireSuccess(now: Timestamp, without secrets: [String]) throws {
        guard !(200..<300).contains(status.code) else { return }
        guard status.code != 410 else {
            throw AttemptFailure.unwanted("the endpoint answered 410 Gone")
        }
        let refusal = EndpointError.refused(answer: summary(without: secrets))
        // The same event is as large the next time.
        if status.code == 413 { throw ListenerError.permanent(refusal.description) }
        guard let delay = retryAfter.flatMap({ RetryAfter.delay($0, now: now) }) else { throw refusal }
        switch status.code {
        case 429, 503: throw AttemptFailure.busy(for: delay, reason: refusal.description)
        default: throw ListenerError.retry(after: delay, reason: refusal.description)
        }
    }

    private func summary(without secrets: [String]) -> String {
        let phrase = Excerpt.of(
            status.reasonPhrase.utf8,
            without: secrets,
            bytesMax: Self.phraseBytesMax
        )
        let quote = Excerpt.of(body, without: secrets, bytesMax: Self.excerptBytesMax)
        let line = phrase.isEmpty ? "\(status.code)" : "\(status.code) \(phrase)"
        return line + redirect(without: secrets) + (quote.isEmpty ? "" : ": \(quote)")
    }

    /// Where a redirect leads, which may be what the configuration has to say instead.
    private func redirect(without secrets: [String]) -> String {
        guard (300..<400).contains(status.code) else { return "" }
        let place = Excerpt.of(
            Self.withoutSecretParts(location ?? "").utf8,
            without: secrets,
            bytesMax: Self.locationBytesMax
        )
        guard !place.isEmpty else { return " (redirects are not followed)" }
        return " (redirects are not followed; Location: \(place))"
    }

    /// A URL or a path without user, password, query and fragment.
    private static func withoutSecretParts(_ location: String) -> String {
        let address = location.prefix { $0 != "?" && $0 != "#" }
        guard let slashes = address.firstRange(of: "//") else { return String(address) }
        let authority = address[slashes.upperBound...].prefix { $0 != "/" && $0 != "\\" }
        guard let end = authority.lastIndex(of: "@") else { return String(address) }
        return String(address[..<slashes.upperBound] + address[address.index(after: end)...])
    }
}
