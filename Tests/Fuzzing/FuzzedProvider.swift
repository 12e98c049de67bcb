import Events
import Foundation
import Providers
import Signatures

/// A provider that takes requests made from inputs.
///
/// An input's first byte says how the request is made, the second which event name or sample it has, the
/// third which secret signs it and which header is replaced; what comes behind is text.
struct FuzzedProvider: Sendable {
    /// What the text of an input is.
    enum Way: UInt8, CaseIterable {
        /// The body, signed.
        case json
        /// The body, a signed form.
        case form
        /// The value of a header, in the signed request of a sample.
        case header
        /// What is replaced in the body of a sample, before that is signed.
        case edits
    }

    /// How many bytes of an input say what becomes of the others.
    static let choiceByteCount = 3

    private static let receivedAt = Timestamp(milliseconds: 1_767_225_600_123)
    private static let deliveryId = "72d3162e-cc78-11e3-81ab-4c9367dc0958"
    /// One of each form that a provider may want.
    private static let secretTexts = [
        "It's a Secret to Everybody", "hooks:s3cr3t", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ]

    /// The provider.
    let provider: any Provider
    /// Its samples, made once.
    let samples: [Sample]
    /// The event names of the samples, and none.
    let eventNames: [String?]
    /// Every header that the provider sends or keeps, in lower case.
    let headerNames: [String]
    /// What edits put into the samples.
    let values: [[UInt8]]
    /// A source with all the secrets that the provider takes.
    let source: Source
    private let showsRequests: Bool

    init(_ provider: any Provider, showsRequests: Bool = false) {
        self.provider = provider
        self.showsRequests = showsRequests
        samples = provider.samples
        let secrets = Self.secrets(of: provider)
        guard !secrets.isEmpty, !samples.isEmpty else {
            fatalError("\(provider.name) has no samples, or takes none of the secrets: add one in its form")
        }
        source = Source(name: "fuzz", provider: provider, secrets: secrets)
        let eventNames = Set(samples.compactMap(\.event)).sorted() + [nil]
        let sent = secrets.flatMap { secret in
            Self.request(of: provider, eventNames[0], [], secret).headers.fields.map(\.name)
        }
        self.eventNames = eventNames
        values = Self.values(from: samples)
        headerNames = Set((sent + provider.keptHeaders).map { $0.lowercased() }).sorted()
    }

    /// Makes a request of an input and admits it, which must neither trap nor break a rule.
    func take(_ input: [UInt8]) {
        guard input.count >= Self.choiceByteCount else { return }
        let eventName = eventNames[Int(input[1]) % eventNames.count]
        let sample = samples[Int(input[1]) % samples.count]
        let choice = Int(input[2])
        let text = input[Self.choiceByteCount...]
        switch Way(rawValue: input[0] % UInt8(Way.allCases.count)) {
        case .json:
            takeJSON(Array(text), eventName, secret(choice))
        case .form:
            takeForm(Array(text), eventName, secret(choice))
        case .header:
            takeHeader(String(decoding: text, as: UTF8.self), sample, choice)
        case .edits:
            let edited = EditedJSON(sample.body, edits: text, values: values)
            takeJSON(edited.bytes, sample.event, secret(choice))
        case nil:
            break
        }
    }

    /// The request with which a provider sends a body.
    static func request(
        of provider: any Provider,
        _ eventName: String?,
        _ body: [UInt8],
        _ secret: Secret
    ) -> WebhookRequest {
        let webhook = OutgoingWebhook(
            eventName: eventName,
            deliveryId: deliveryId,
            body: body,
            sentAt: receivedAt
        )
        do {
            return try provider.request(for: webhook, secret: secret)
        } catch {
            fatalError("\(provider.name) cannot sign: \(error)")
        }
    }

    private static func secrets(of provider: any Provider) -> [Secret] {
        secretTexts.compactMap { Secret(reference: "env:SECRET", bytes: Array($0.utf8)) }
            .filter { provider.fault(in: $0, policy: VerificationPolicy()) == nil }
    }

    private func secret(_ choice: Int) -> Secret { source.secrets[choice % source.secrets.count] }

    private func takeJSON(_ body: [UInt8], _ eventName: String?, _ secret: Secret) {
        let isTaken = admit(Self.request(of: provider, eventName, body, secret))
        Rules.demand(isTaken, "a signed body was not taken")
    }

    /// Some forges sign the form, others what its field `payload` holds.
    private func takeForm(_ form: [UInt8], _ eventName: String?, _ secret: Secret) {
        let payload = FormFields.value("payload", in: form)
        let isTaken = [form, payload].compactMap(\.self).contains { message in
            var request = Self.request(of: provider, eventName, message, secret)
            request.body = form
            return admit(request.replacing("content-type", with: "application/x-www-form-urlencoded"))
        }
        Rules.demand(isTaken || payload == nil, "a signed form with a payload was not taken")
    }

    private func takeHeader(_ value: String, _ sample: Sample, _ choice: Int) {
        let name = headerNames[choice % headerNames.count]
        let secret = secret(choice / headerNames.count)
        let request = Self.request(of: provider, sample.event, sample.body, secret)
        // Whether it is taken depends on the header.
        _ = admit(request.replacing(name, with: value))
    }

    /// Whether a request is taken.
    private func admit(_ request: WebhookRequest) -> Bool {
        if showsRequests { show(request) }
        let fault = source.refuses(head: request.headers)
        guard case .authentic(let delivery) = source.admit(request) else { return false }
        Rules.demand(fault == nil, "a request was taken whose head is refused")
        Rules.check(delivery)
        guard case .authentic(let other) = source.admit(request) else {
            Rules.fail("a request was taken once and refused once")
        }
        Rules.demand(delivery.isSame(as: other), "a request made two different deliveries")
        return true
    }

    private func show(_ request: WebhookRequest) {
        let fields = request.headers.fields.map { "\($0.name): \($0.value)\n" }.joined()
        FileHandle.standardError.write(Data("\n\(fields)\n".utf8) + request.body + Data("\n\n".utf8))
    }
}

extension WebhookRequest {
    /// The same request with one header of that name.
    fileprivate func replacing(_ name: String, with value: String) -> WebhookRequest {
        var request = self
        let others = headers.fields.filter { $0.name.lowercased() != name }
        request.headers = HeaderFields(others + [(name: name, value: value)])
        return request
    }
}

extension Delivery {
    fileprivate func isSame(as other: Delivery) -> Bool {
        deliveryId == other.deliveryId && eventName == other.eventName && headers == other.headers
            && verifiedBy == other.verifiedBy && problem == other.problem
            && events.map(\.json) == other.events.map(\.json)
    }
}
