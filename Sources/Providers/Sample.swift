/// A body that a provider could have sent, compiled into the executable.
package struct Sample: Sendable {
    /// The name that `forgewire send --sample` takes, such as `pull_request.opened`; unique for a provider.
    package let name: String
    /// The provider's own name of the event, which its header holds; nil where only the body names it.
    package let event: String?
    /// The body to sign and send.
    package let body: [UInt8]

    /// Makes a sample of a JSON text.
    package init(_ name: String, of event: String?, _ json: String) {
        self.name = name
        self.event = event
        body = Array(json.utf8)
    }
}
