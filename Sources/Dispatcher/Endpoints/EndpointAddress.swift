import NIOCore

/// An IP address that an endpoint may have.
struct EndpointAddress: Hashable, CustomStringConvertible, Sendable {
    /// 4 or 16 bytes in network order; an IPv4 address inside IPv6 is the IPv4 address.
    let bytes: [UInt8]

    /// Takes 4 or 16 bytes; anything else is nil.
    init?(_ bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = InternalAddress.mapped(bytes) ?? bytes
    }

    /// Takes the address of a socket; one in the file system is nil.
    init?(_ address: SocketAddress) {
        switch address {
        case .v4(let address):
            // Safe: read within the closure; family and port, two bytes each, stand before the address.
            self.init(unsafe withUnsafeBytes(of: address.address) { unsafe Array($0[4..<8]) })
        case .v6(let address):
            // Safe: the same; four bytes for the flow come between.
            self.init(unsafe withUnsafeBytes(of: address.address) { unsafe Array($0[8..<24]) })
        case .unixDomainSocket: return nil
        }
    }

    /// Reads dotted decimal or an IPv6 address without brackets, as the HTTP client does.
    init?(literal text: String) {
        guard let address = try? SocketAddress(ipAddress: text, port: 0) else { return nil }  // not a literal
        self.init(address)
    }

    /// The address as text, without brackets.
    var description: String {
        let socketAddress = try? SocketAddress(packedIPAddress: ByteBuffer(bytes: bytes), port: 0)
        return socketAddress?.ipAddress ?? "?"  // cannot fail for 4 or 16 bytes
    }
}
