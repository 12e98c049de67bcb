import COpenSSL

/// Comparisons that take the same time whatever the content, so that nobody learns a code byte by byte.
package enum ConstantTime {
    /// Whether both are the same bytes; only their lengths may show in the time it takes.
    package static func isEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        let count = left.count
        guard count > 0 else { return true }
        // Both buffers hold `count` bytes, and are used within the call alone.
        return unsafe left.withUnsafeBytes { left in
            unsafe right.withUnsafeBytes { right in
                unsafe CRYPTO_memcmp(left.baseAddress, right.baseAddress, count) == 0
            }
        }
    }
}
