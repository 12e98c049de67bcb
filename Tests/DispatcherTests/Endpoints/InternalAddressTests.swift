import Testing
import TestKit

@testable import Dispatcher

@Suite("Internal addresses")
struct InternalAddressTests {
    @Test(
        "What the registries of IANA keep from the public internet is internal, to the edges of its block",
        arguments: [
            "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
            "100.100.100.200", "127.0.0.1", "127.255.255.255", "168.63.129.16", "169.254.0.0",
            "169.254.169.254", "169.254.255.255", "172.16.0.0", "172.31.255.255", "192.0.0.0",
            "192.0.0.192", "192.0.0.255", "192.0.2.1", "192.88.99.1", "192.168.0.0", "192.168.255.255",
            "198.18.0.0", "198.19.255.255", "198.51.100.7", "203.0.113.255", "224.0.0.1",
            "239.255.255.255", "240.0.0.0", "255.255.255.255",
            "::", "::1", "::127.0.0.1", "::8.8.8.8", "::ffff:0:8.8.8.8", "64:ff9b:1::1", "100::1",
            "100:0:0:1::1", "1fff:ffff::1", "2001::1", "2001:2::1", "2001:10::1", "2001:1ff:ffff::1",
            "2001:db8::1", "2001:db8:ffff::1", "3fff::1", "3fff:fff::1", "4000::1", "5f00::1", "fc00::1",
            "fd00:ec2::254", "fd20:ce::254", "fdff::1", "fe80::1", "febf::1", "fec0::1", "feff::1",
            "ff00::1", "ff02::1",
        ]
    )
    func isInternal(_ text: String) throws {
        let address = try #require(EndpointAddress(literal: text))
        #expect(InternalAddress.contains(address.bytes))
    }

    @Test(
        "What lies next to those blocks is public",
        arguments: [
            "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
            "126.255.255.255", "128.0.0.0", "168.63.129.15", "168.63.129.17", "169.253.255.255",
            "169.255.0.0", "172.15.255.255", "172.32.0.0", "191.255.255.255", "192.0.1.0", "192.0.3.0",
            "192.88.98.255", "192.88.100.0", "192.167.255.255", "192.169.0.0", "198.17.255.255",
            "198.20.0.0", "198.51.99.255", "198.51.101.0", "203.0.112.255", "203.0.114.0",
            "223.255.255.255",
            "2001:200::1", "2001:db7:ffff::1", "2001:db9::1", "2606:4700::1111", "2a00:1450:4001::200e",
            "3ffe::1", "3fff:1000::1",
        ]
    )
    func isPublic(_ text: String) throws {
        let address = try #require(EndpointAddress(literal: text))
        #expect(!InternalAddress.contains(address.bytes))
    }

    @Test("An IPv6 address that stands for an IPv4 address is internal if and only if that is")
    func embedded() {
        var generator = SeededGenerator(seed: 20_261_121)
        for round in 0..<2000 {
            var bytes = (0..<4).map { _ in UInt8.random(in: 0...255, using: &generator) }
            // Every other address from the blocks that random numbers hardly hit.
            if round % 2 == 0 { bytes[0] = [10, 100, 127, 169, 172, 192, 198, 203, 8][round / 2 % 9] }
            let isInternal = InternalAddress.contains(bytes)
            let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + bytes
            let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8) + bytes
            let sixToFour: [UInt8] = [0x20, 0x02] + bytes + [UInt8](repeating: 1, count: 10)
            let tunnel: [UInt8] = [0x2A, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x5E, 0xFE] + bytes
            for address in [mapped, translated, sixToFour, tunnel] {
                #expect(InternalAddress.contains(address) == isInternal, "\(bytes)")
            }
        }
    }

    @Test("Teredo is internal whatever it carries, also the address that it hides by inverting it")
    func teredo() throws {
        let hidden = try #require(EndpointAddress(literal: "2001:0:4136:e378:8000:63bf:80ff:fffe"))
        #expect(InternalAddress.contains(hidden.bytes))
    }

    @Test("What is no address is internal", arguments: [0, 3, 5, 15, 17])
    func noAddress(_ count: Int) {
        #expect(InternalAddress.contains([UInt8](repeating: 8, count: count)))
    }

    @Test("An IPv4 address inside IPv6 is the IPv4 address, and is shown as such")
    func mapped() throws {
        let address = try #require(EndpointAddress(literal: "::ffff:10.1.2.3"))
        #expect(address.bytes == [10, 1, 2, 3])
        #expect(address.description == "10.1.2.3")
    }
}
