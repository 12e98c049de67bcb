/// Whoever signs as Standard Webhooks 1.0.0 says, whatever is told.
package struct StandardWebhooks: Provider {
    /// `standard-webhooks`.
    package let name = "standard-webhooks"

    /// Which delivery it is and when this attempt was signed.
    package let keptHeaders = [StandardSignature.idHeader, StandardSignature.timestampHeader]

    package init() {}
}
