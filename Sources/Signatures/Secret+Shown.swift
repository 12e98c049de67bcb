extension Secret {
    /// What is longer than this, and longer than all secrets, is none of them; a secret is hardly ever as
    /// long, so that the time tells nothing of its length.
    private static let ordinaryByteCountMax = 1024

    /// How many bytes are looked at of what should be one of some secrets.
    package static func shownByteCountMax(of secrets: [Secret]) -> Int {
        secrets.reduce(ordinaryByteCountMax) { max($0, $1.bytes.count) }
    }

    /// The secret that some bytes are; the time tells neither which, nor how near they are to one.
    package static func shown(by bytes: [UInt8], of secrets: [Secret]) -> Secret? {
        guard bytes.count <= shownByteCountMax(of: secrets) else { return nil }
        let digest = SHA256.digest(of: bytes)
        var match: Secret?
        // No early exit: the time must not tell which secret matched, or how many there are to go. Digests
        // are all of one length.
        for secret in secrets where ConstantTime.isEqual(SHA256.digest(of: secret.bytes), digest) {
            match = secret
        }
        return match
    }
}
