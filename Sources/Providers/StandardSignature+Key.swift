import Signatures

extension StandardSignature {
    /// What stands before the base64 of an HMAC key; it may be left out.
    static let sharedPrefix = "whsec_"
    /// What stands before the base64 of a public key.
    static let publicPrefix = "whpk_"
    /// What stands before the base64 of a private key, which only senders have.
    static let privatePrefix = "whsk_"

    /// A key that verifies signatures; its description is the reference of its secret alone.
    struct Key: CustomDebugStringConvertible, CustomStringConvertible, Sendable {
        /// Where the secret came from.
        let reference: String
        /// What verifies.
        let material: Material

        /// What can verify a signature.
        enum Material: Sendable {
            /// An HMAC key, never empty; for `v1`.
            case shared([UInt8])
            /// A public key; for `v1a`.
            case verifying(Ed25519.PublicKey)
        }

        /// What its signatures begin with.
        var version: Version {
            switch material {
            case .shared: .v1
            case .verifying: .v1a
            }
        }

        /// How many bytes have to be guessed to sign as the owner does; nobody guesses a private key.
        var guessedByteCount: Int {
            switch material {
            case .shared(let bytes): bytes.count
            case .verifying: .max
            }
        }

        /// Reads `whsec_` and base64, base64 alone, or `whpk_` and the base64 of a public key; nil for
        /// anything else.
        init?(_ secret: Secret) {
            guard let text = String(validating: secret.bytes, as: UTF8.self) else { return nil }
            reference = secret.reference
            if text.hasPrefix(publicPrefix) {
                guard let bytes = Base64.decode(text.dropFirst(publicPrefix.count)),
                    let key = Ed25519.PublicKey(bytes)
                else { return nil }
                material = .verifying(key)
            } else {
                let digits = text.hasPrefix(sharedPrefix) ? text.dropFirst(sharedPrefix.count) : text[...]
                guard let bytes = Base64.decode(digits), !bytes.isEmpty else { return nil }
                material = .shared(bytes)
            }
        }

        /// The reference alone.
        var description: String { reference }

        /// The reference alone.
        var debugDescription: String { reference }
    }
}
