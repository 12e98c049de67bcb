import Events
import Foundation
import Providers
import Testing

@Suite("Headers that are kept")
struct KeptHeadersTests {
    private func kept(_ fields: [String: String?]) throws -> [String: String] {
        let hook = try Hook()
        let json = try hook.delivery(try hook.request("ping", Array("{}".utf8), fields)).headers
        return try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    }

    @Test("They are those of the allow-list, in lower case")
    func allowList() throws {
        let fields: [String: String?] = [
            "X-GitHub-Hook-ID": "292430182",
            "X-GitHub-Hook-Installation-Target-ID": "79929171",
            "X-GitHub-Hook-Installation-Target-Type": "repository",
            "X-GitHub-Enterprise-Host": "git.acme.example",
            "X-GitHub-Enterprise-Version": "3.14.0",
            "Authorization": "Basic x", "Cookie": "a=b", "X-Hub-Signature": "sha1=x", "X-Gitlab-Token": "t",
            "X-Forwarded-For": "192.0.2.1", "Accept": "*/*",
        ]
        #expect(
            try kept(fields) == [
                "content-type": "application/json",
                "user-agent": "GitHub-Hookshot/forgewire",
                "x-github-delivery": Hook.deliveryId,
                "x-github-event": "ping",
                "x-github-hook-id": "292430182",
                "x-github-hook-installation-target-id": "79929171",
                "x-github-hook-installation-target-type": "repository",
                "x-github-enterprise-host": "git.acme.example",
                "x-github-enterprise-version": "3.14.0",
            ]
        )
    }

    @Test("A long value is cut between characters")
    func bounded() throws {
        let value = try kept(["User-Agent": String(repeating: "é", count: 2000)])["user-agent"]
        #expect(value == String(repeating: "é", count: 512))
        let odd = try kept(["User-Agent": "x" + String(repeating: "é", count: 2000)])["user-agent"]
        #expect(odd == "x" + String(repeating: "é", count: 511))
    }

    @Test("Anything in a value makes valid JSON")
    func escaped() throws {
        let value = "a\"b\\c\u{01}\u{2028}d"
        #expect(try kept(["User-Agent": value])["user-agent"] == value)
    }
}
