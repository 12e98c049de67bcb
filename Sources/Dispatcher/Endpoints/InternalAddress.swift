/// Which IP addresses are not of the public internet: nobody outside may make the daemon send there.
///
/// After the special-purpose registries of IANA (IPv4: RFC 6890 and what updates it; IPv6: the same, and RFC
/// 4291). What is in doubt counts as internal: of IPv6 only `2000::/3`, the one block for global unicast
/// that is given out, can be public. A translation prefix that a network has chosen for itself (RFC 6052)
/// cannot be told from any other address.
enum InternalAddress {
    /// Whether an address, 4 or 16 bytes in network order, is internal; so is what is no address at all.
    static func contains(_ bytes: [UInt8]) -> Bool {
        switch bytes.count {
        case 4: version4.contains { $0.contains(bytes) }
        case 16: containsVersion6(bytes)
        default: true
        }
    }

    /// The IPv4 address that `::ffff:a.b.c.d` is; a connection to it goes over IPv4.
    static func mapped(_ bytes: [UInt8]) -> [UInt8]? {
        bytes.count == 16 && mappedBlock.contains(bytes) ? Array(bytes[12...]) : nil
    }

    /// The addresses that begin with the same bits.
    private struct Block {
        let network: [UInt8]
        let prefixBits: Int

        init(_ network: [UInt8], _ prefixBits: Int) {
            self.network = network
            self.prefixBits = prefixBits
        }

        func contains(_ bytes: [UInt8]) -> Bool {
            let whole = prefixBits / 8
            guard bytes[..<whole].elementsEqual(network[..<whole]) else { return false }
            let rest = prefixBits % 8
            return rest == 0 || (bytes[whole] ^ network[whole]) >> UInt8(8 - rest) == 0
        }
    }

    private static let version4 = [
        Block([0], 8),  // this network, and the unspecified address
        Block([10], 8),  // private
        Block([100, 64], 10),  // shared by carriers; Alibaba's metadata service is 100.100.100.200
        Block([127], 8),  // loopback
        Block([168, 63, 129, 16], 32),  // Azure's host: public by its number, internal by its use
        Block([169, 254], 16),  // link-local; 169.254.169.254 is the metadata service of most clouds
        Block([172, 16], 12),  // private
        Block([192, 0, 0], 24),  // protocol assignments; Oracle's metadata service is 192.0.0.192
        Block([192, 0, 2], 24),  // documentation
        Block([192, 88, 99], 24),  // relays of 6to4, deprecated
        Block([192, 168], 16),  // private
        Block([198, 18], 15),  // benchmarking
        Block([198, 51, 100], 24),  // documentation
        Block([203, 0, 113], 24),  // documentation
        Block([224], 4),  // multicast
        Block([240], 4),  // reserved, and the broadcast address
    ]

    private static let globalUnicast = Block([0x20], 3)

    /// What is internal within `2000::/3`.
    private static let version6 = [
        Block([0x20, 0x01, 0x00], 23),  // protocol assignments: Teredo, benchmarking, ORCHID
        Block([0x20, 0x01, 0x0D, 0xB8], 32),  // documentation
        Block([0x3F, 0xFF, 0x00], 20),  // documentation
    ]

    private static let mappedBlock = Block([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF], 96)
    private static let translated = Block([0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0], 96)  // NAT64
    private static let sixToFour = Block([0x20, 0x02], 16)

    private static func containsVersion6(_ bytes: [UInt8]) -> Bool {
        if mappedBlock.contains(bytes) || translated.contains(bytes) { return contains(Array(bytes[12...])) }
        guard globalUnicast.contains(bytes), !version6.contains(where: { $0.contains(bytes) }) else {
            return true
        }
        if sixToFour.contains(bytes) { return contains(Array(bytes[2..<6])) }
        // ISATAP (RFC 5214): an interface identifier of any network that holds an IPv4 address.
        let isTunnel = bytes[8] & 0xFD == 0 && bytes[9..<12].elementsEqual([0x00, 0x5E, 0xFE])
        return isTunnel && contains(Array(bytes[12...]))
    }
}
