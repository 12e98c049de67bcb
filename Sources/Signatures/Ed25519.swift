import COpenSSL

/// Signatures with Ed25519 (RFC 8032 section 5.1).
package enum Ed25519 {
    /// The length of a public key.
    package static let publicKeyByteCount = 32
    /// The length of a signature.
    package static let signatureByteCount = 64

    /// Whether bytes could be a signature under some key of some message: a point and a scalar, each encoded
    /// as it must be (RFC 8032 section 5.1.7).
    ///
    /// Others are never valid, so that no message has to be looked at.
    package static func isPossible(_ signature: [UInt8]) -> Bool {
        guard signature.count == signatureByteCount else { return false }
        let scalar = signature.suffix(signatureByteCount - publicKeyByteCount).reversed()
        return Ed25519Point(Array(signature.prefix(publicKeyByteCount))) != nil
            && scalar.lexicographicallyPrecedes(order)
    }

    /// The order of the group, 2^252 + 27742317777372353535851937790883648493, the most significant byte
    /// first.
    private static let order: [UInt8] = [
        0x10, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x14, 0xDE, 0xF9, 0xDE, 0xA2, 0xF7, 0x9C, 0xD6, 0x58, 0x12, 0x63, 0x1A, 0x5C, 0xF5, 0xD3, 0xED,
    ]

    /// A key that verifies signatures; it makes none, so it is no secret.
    package struct PublicKey: Sendable {
        private let bytes: [UInt8]

        /// Nil unless there are 32 bytes, encoded as they must be (RFC 8032 section 5.1.3), and not those of
        /// one of the few points under which anyone can make signatures, such as all zeros.
        package init?(_ bytes: [UInt8]) {
            guard let point = Ed25519Point(bytes), !point.hasSmallOrder else { return nil }
            self.bytes = bytes
        }

        /// Whether the owner of the key signed the message.
        package func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
            guard isPossible(signature) else { return false }
            return Ed25519Verification(publicKey: bytes).isValid(signature, for: message)
        }
    }
}

/// One verification, which owns what OpenSSL needs for it.
///
/// OpenSSL fails to begin only when memory is exhausted or the installation has no Ed25519: it takes any key
/// of the right length. Nothing could be verified then, so that is a precondition and not an error.
@safe private struct Ed25519Verification: ~Copyable {
    private let key: OpaquePointer
    private let context: OpaquePointer

    init(publicKey: [UInt8]) {
        // OpenSSL copies the key before it returns.
        let key = unsafe publicKey.withUnsafeBufferPointer {
            unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, $0.baseAddress, $0.count)
        }
        guard let key = unsafe key, let context = unsafe EVP_MD_CTX_new() else {
            preconditionFailure("this OpenSSL has no Ed25519: look at its configuration")
        }
        unsafe self.key = key
        unsafe self.context = context
        // The context takes a reference of its own to the key; the digest is part of the algorithm.
        let isReady = unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
        precondition(isReady, "OpenSSL could not begin to verify with Ed25519")
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
        unsafe EVP_PKEY_free(key)
    }

    consuming func isValid(_ signature: [UInt8], for message: [UInt8]) -> Bool {
        // Both pointers are used within the call alone. Whatever is not 1 means that it is not proved.
        unsafe signature.withUnsafeBufferPointer { signature in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe EVP_DigestVerify(
                    context,
                    signature.baseAddress,
                    signature.count,
                    message.baseAddress,
                    message.count
                ) == 1
            }
        }
    }
}
