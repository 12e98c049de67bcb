package import Providers

/// What decides about the requests to one name; a source in the daemon.
package protocol Admitter: Sendable {
    /// The name in the URL.
    var name: String { get }

    /// Why header fields can never prove a request authentic, whatever its body is; nil if the body may.
    func refuses(head headers: HeaderFields) -> String?

    /// Authenticates a request and reads it, if there is room for that; asked of an authentic one alone.
    func admit(_ request: WebhookRequest, ifRoom hasRoom: () -> Bool) -> Admission
}

extension Source: Admitter {}
