import Events
import ListenerKit
import NIOHTTP1

/// What an endpoint answered, as far as anybody wants to know.
struct EndpointAnswer: Sendable {
    /// The status.
    let status: HTTPResponseStatus
    /// The `Retry-After` header.
    let retryAfter: String?
    /// The beginning of the body; empty if it is compressed.
    let body: [UInt8]

    /// How much of the body is quoted.
    private static let excerptBytesMax = 200
    /// A status line's own words are bounded, too.
    private static let phraseBytesMax = 40

    /// Judges the answer; returning means that the event is delivered.
    ///
    /// - Parameters:
    ///   - now: When it came.
    ///   - secrets: What is not quoted.
    /// - Throws: `AttemptFailure.unwanted` for 410, `ListenerError.retry` if the endpoint says when to come
    ///   back, else `EndpointError.refused`.
    func requireSuccess(now: Timestamp, without secrets: [String]) throws {
        guard !(200..<300).contains(status.code) else { return }
        guard status.code != 410 else {
            throw AttemptFailure.unwanted("the endpoint answered 410 Gone")
        }
        let refusal = EndpointError.refused(answer: summary(without: secrets))
        guard let delay = retryAfter.flatMap({ RetryAfter.delay($0, now: now) }) else { throw refusal }
        throw ListenerError.retry(after: delay, reason: refusal.description)
    }

    private func summary(without secrets: [String]) -> String {
        let phrase = Excerpt.of(
            status.reasonPhrase.utf8,
            without: secrets,
            bytesMax: Self.phraseBytesMax
        )
        let quote = Excerpt.of(body, without: secrets, bytesMax: Self.excerptBytesMax)
        let line = phrase.isEmpty ? "\(status.code)" : "\(status.code) \(phrase)"
        let redirect = (300..<400).contains(status.code) ? " (redirects are not followed)" : ""
        return line + redirect + (quote.isEmpty ? "" : ": \(quote)")
    }
}
