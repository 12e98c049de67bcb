import COpenSSL

/// One computation of HMAC-SHA256 (RFC 2104, FIPS 180-4), of a message that may come in parts.
///
/// OpenSSL fails here only when memory is exhausted or the installation has no SHA-256 at all; no key and no
/// message can make it fail. Nothing could be verified then, so that is a precondition and not an error.
@safe package struct HMACSHA256: ~Copyable {
    /// The length of a code.
    package static let byteCount = 32

    private let context: OpaquePointer

    /// Begins a computation.
    ///
    /// - Parameter key: Must not be empty: anyone could make the same code. `Secret` cannot be empty.
    package init(key: [UInt8]) {
        precondition(!key.isEmpty, "an HMAC key must not be empty")
        // The template lives as long as the process; the copy is freed in `deinit`.
        guard let context = unsafe EVP_MAC_CTX_dup(Template.shared.context) else {
            preconditionFailure("OpenSSL could not make an EVP_MAC_CTX")
        }
        unsafe self.context = context
        // OpenSSL copies the key before it returns; no parameters means those of the template.
        let isReady = unsafe key.withUnsafeBufferPointer {
            unsafe EVP_MAC_init(context, $0.baseAddress, $0.count, nil) == 1
        }
        precondition(isReady, "OpenSSL could not begin an HMAC-SHA256")
    }

    deinit {
        unsafe EVP_MAC_CTX_free(context)
    }

    /// The code of one message.
    package static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        var computation = HMACSHA256(key: key)
        computation.update(message)
        return computation.finish()
    }

    /// Appends to the message.
    package mutating func update(_ bytes: [UInt8]) { update(bytes.span) }

    /// Appends to the message.
    package mutating func update(_ bytes: Span<UInt8>) {
        // The pointer is used within the call alone; OpenSSL takes none for no bytes.
        let isDone = unsafe bytes.withUnsafeBufferPointer {
            unsafe EVP_MAC_update(context, $0.baseAddress, $0.count) == 1
        }
        precondition(isDone, "OpenSSL could not continue an HMAC-SHA256")
    }

    /// Ends the message and gives its code.
    package consuming func finish() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: Self.byteCount) { buffer, count in
            // OpenSSL writes no more than the size that it is given and says how much it wrote.
            let isDone = unsafe EVP_MAC_final(context, buffer.baseAddress, &count, buffer.count) == 1
            precondition(isDone && count == Self.byteCount, "OpenSSL could not finish an HMAC-SHA256")
        }
    }
}

/// A context with the digest chosen, which every computation copies and keys anew: looking the algorithms up
/// takes locks and a search through OpenSSL's providers, copying what was found takes 0.2 µs.
///
/// `@unchecked Sendable`: the context is never changed after `init`, copying one only reads it, and what the
/// copies share OpenSSL counts atomically; it is never freed.
@safe private struct Template: @unchecked Sendable {
    static let shared = Template()

    let context: OpaquePointer

    private init() {
        guard let algorithm = unsafe EVP_MAC_fetch(nil, OSSL_MAC_NAME_HMAC, nil),
            let context = unsafe EVP_MAC_CTX_new(algorithm)
        else {
            preconditionFailure("this OpenSSL has no HMAC: look at its configuration")
        }
        unsafe self.context = context
        var name = Array(OSSL_MAC_PARAM_DIGEST.utf8CString)
        var digest = Array("SHA256".utf8CString)
        // Early OpenSSL 3.0 copies no context without a key; no code is ever made with this one. The
        // parameters point into the two arrays, which live until the call has returned; OpenSSL keeps none of
        // them.
        let isReady = unsafe name.withUnsafeMutableBufferPointer { name in
            unsafe digest.withUnsafeMutableBufferPointer { digest in
                let parameters = unsafe [
                    OSSL_PARAM_construct_utf8_string(name.baseAddress, digest.baseAddress, 0),
                    OSSL_PARAM_construct_end(),
                ]
                return unsafe EVP_MAC_init(context, [0], 1, parameters) == 1
            }
        }
        precondition(isReady, "this OpenSSL has no HMAC-SHA256: look at its configuration")
    }
}
