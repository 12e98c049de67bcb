import COpenSSL

/// The digest SHA-256 (FIPS 180-4).
package enum SHA256 {
    /// The length of a digest.
    package static let byteCount = 32

    /// The digest of a message; fails, as an HMAC does, only where OpenSSL cannot work at all.
    package static func digest(of message: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            // The digest has room for the 32 bytes that SHA-256 writes; both pointers are used within the
            // call.
            let isDone = unsafe message.withUnsafeBufferPointer {
                unsafe EVP_Digest($0.baseAddress, $0.count, digest.baseAddress, nil, EVP_sha256(), nil) == 1
            }
            precondition(isDone, "OpenSSL could not compute a SHA-256")
            count = byteCount
        }
    }
}
