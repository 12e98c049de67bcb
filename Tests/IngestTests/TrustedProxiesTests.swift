import Testing

@testable import Ingest

@Suite("Addresses behind proxies")
struct TrustedProxiesTests {
    private func proxies(_ header: TrustedProxies.Header) -> TrustedProxies {
        TrustedProxies(
            header: header,
            containsAddress: { $0.starts(with: [10]) || $0.starts(with: [0xFD]) },
            containsUnix: true
        )
    }

    @Test(
        "The first address from the right that is not trusted is the client",
        arguments: [
            (["192.0.2.1"], "192.0.2.1"),
            (["192.0.2.1, 10.0.0.2"], "192.0.2.1"),
            (["203.0.113.9, 192.0.2.1 ,10.0.0.2, 10.0.0.3"], "192.0.2.1"),
            (["203.0.113.9", "192.0.2.1", "10.0.0.2"], "192.0.2.1"),
            (["192.0.2.1:4711"], "192.0.2.1"),
            (["[2001:db8::1]:4711, [fd00::1]"], "2001:db8::1"),
            (["2001:db8::1"], "2001:db8::1"),
            (["10.0.0.1, 10.0.0.2"], "10.0.0.1"),
            (["198.51.100.1, unknown, 10.0.0.2"], "10.0.0.2"),
            (["unknown"], nil), ([""], nil), ([], nil), (["192.0.2.1,"], nil),
        ] as [([String], String?)]
    )
    func forwardedFor(values: [String], client: String?) {
        #expect(proxies(.xForwardedFor).client(in: values) == client)
    }

    @Test(
        "RFC 7239 is read the same way",
        arguments: [
            (["for=192.0.2.1"], "192.0.2.1"),
            (["for=203.0.113.9, For=\"192.0.2.1:80\";proto=https;by=10.0.0.1"], "192.0.2.1"),
            (["for=\"[2001:db8::1]:4711\", for=10.0.0.3"], "2001:db8::1"),
            (["proto=https;for=192.0.2.1"], "192.0.2.1"),
            (["for=_hidden, for=10.0.0.3"], "10.0.0.3"),
            (["for=198.51.100.1;host=\"a,for=9.9.9.9;b\""], "198.51.100.1"),
            (["for=198.51.100.1;host=\"a;for=9.9.9.9;\\\"b\""], "198.51.100.1"),
            (["host=\"a;for=9.9.9.9\";for=198.51.100.1"], "198.51.100.1"),
            (["for=198.51.100.1;host=\"a,for=9.9.9.9"], nil),
            (["for=9.9.9.9", "host=\"a, for=10.0.0.3"], nil),
            (["for=unknown"], nil), (["proto=https"], nil), (["192.0.2.1"], nil),
        ] as [([String], String?)]
    )
    func forwarded(values: [String], client: String?) {
        #expect(proxies(.forwarded).client(in: values) == client)
    }

    @Test("A header of many thousand addresses costs the look at a few of them")
    func bounded() {
        let long = String(repeating: "10.0.0.1,", count: 3000) + "10.0.0.1"
        #expect(proxies(.xForwardedFor).client(in: [long]) == "10.0.0.1")
    }

    @Test("Peers are trusted by their address, and behind a Unix socket if that is said")
    func peers() {
        let proxies = proxies(.xForwardedFor)
        #expect(proxies.contains(peer: "10.1.2.3"))
        #expect(proxies.contains(peer: "::ffff:10.1.2.3"))
        #expect(!proxies.contains(peer: "192.0.2.1"))
        #expect(proxies.contains(peer: nil))
        #expect(!TrustedProxies.none.contains(peer: "10.1.2.3"))
        #expect(!TrustedProxies.none.contains(peer: nil))
    }

    @Test("A client is an IPv4 address or an IPv6 network, however it is written")
    func clients() {
        #expect(ClientAddress(peer: "192.0.2.1") == ClientAddress(peer: "::ffff:192.0.2.1"))
        #expect(ClientAddress(peer: "192.0.2.1") != ClientAddress(peer: "192.0.2.2"))
        #expect(ClientAddress(peer: "2001:db8::1") == ClientAddress(peer: "2001:db8::2:1"))
        #expect(ClientAddress(peer: "fe80::1%eth0") == ClientAddress(peer: "fe80::2"))
        #expect(ClientAddress(peer: nil) == .local)
        #expect(IPBytes("1.2.3") == nil)
        #expect(IPBytes(String(repeating: "1", count: 100)) == nil)
    }
}
