import Testing

@testable import Ingest

@Suite("Ingest settings")
struct IngestSettingsTests {
    @Test("The defaults are those of the documentation")
    func defaults() {
        let settings = IngestSettings()
        #expect(settings.listen.map(\.description) == ["127.0.0.1:8787"])
        #expect(settings.maxBodyBytes == 26_214_400)
        #expect(settings.limits.headerBytes == 32_768)
        #expect(settings.limits.headerTimeout == .seconds(10))
        #expect(settings.limits.bodyTimeout == .seconds(30))
        #expect(settings.limits.idleTimeout == .seconds(75))
        #expect(settings.limits.bodyMinRate == 16_384)
        #expect(settings.limits.connections == 2048)
        #expect(settings.limits.connectionsPerAddress == 1024)
        #expect(settings.limits.inFlightBytes == 268_435_456)
    }

    @Test("Addresses are written as in the configuration")
    func addresses() {
        #expect(ListenAddress.tcp(host: "::1", port: 80).description == "[::1]:80")
        #expect(ListenAddress.unix(path: "/run/x").description == "unix:/run/x")
    }

    @Test("An IPv6 socket leaves IPv4 alone where the same port is configured for it")
    func bothFamilies() {
        let everywhere = ListenAddress.tcp(host: "::", port: 80)
        var settings = IngestSettings(listen: [everywhere, .tcp(host: "0.0.0.0", port: 80)])
        #expect(settings.isIPv6Only(everywhere))
        settings.listen = [everywhere, .tcp(host: "0.0.0.0", port: 81), .tcp(host: "::1", port: 80)]
        #expect(!settings.isIPv6Only(everywhere))
        #expect(!settings.isIPv6Only(.tcp(host: "0.0.0.0", port: 80)))
    }
}
