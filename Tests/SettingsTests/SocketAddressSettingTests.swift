import Testing

@testable import Settings

@Suite("Socket addresses")
struct SocketAddressSettingTests {
    @Test(
        "An address reads and writes the same",
        arguments: [
            ("127.0.0.1:8787", SocketAddressSetting.tcp(host: "127.0.0.1", port: 8787)),
            ("localhost:0", .tcp(host: "localhost", port: 0)),
            ("[::1]:8787", .tcp(host: "::1", port: 8787)),
            ("[fe80::1:2]:65535", .tcp(host: "fe80::1:2", port: 65_535)),
            ("unix:/run/forgewire/ingest.sock", .unix(path: "/run/forgewire/ingest.sock")),
            ("unix:ingest.sock", .unix(path: "ingest.sock")),
        ]
    )
    func good(text: String, address: SocketAddressSetting) throws {
        #expect(try SocketAddressSetting(parsing: text) == address)
        #expect(address.description == text)
    }

    @Test(
        "What is no address is refused",
        arguments: [
            "", "8787", "localhost", "localhost:", "localhost:http", "localhost:65536", "localhost:-1",
            ":8787",
            "256.0.0.1:80", "1.2.3:80", "a b:80", "[]:80", "[1.2.3.4]:80", "[::1:80", "[::g]:80", "unix:",
            "http://localhost:80", "a..b:80", "unix:\u{7}",
        ]
    )
    func bad(text: String) {
        #expect(throws: ValueProblem.self) { try SocketAddressSetting(parsing: text) }
    }

    @Test("An IPv6 address without brackets suggests them")
    func brackets() {
        let problem = #expect(throws: ValueProblem.self) { try SocketAddressSetting(parsing: "::1:8787") }
        #expect(problem?.suggestion == "[::1]:8787")
    }

    @Test("A path that does not fit the system's structure is refused")
    func longPath() throws {
        let longest = String(repeating: "a", count: 107)
        #expect(try SocketAddressSetting(parsing: "unix:" + longest) == .unix(path: longest))
        #expect(throws: ValueProblem.self) { try SocketAddressSetting(parsing: "unix:" + longest + "a") }
    }
}
