import Testing

@testable import Settings

@Suite("Endpoint URLs")
struct EndpointURLTests {
    @Test(
        "An http or https URL is taken as it is",
        arguments: [
            "https://chat.example/hooks", "http://localhost:8080", "HTTPS://chat.example?x=1",
            "https://[::1]:443/a",
            "http://10.1.0.1/", "https://chat.example:/", "https://a/x@y",
        ]
    )
    func good(text: String) throws {
        #expect(try ValueParser<String>.url.parse(text) == text)
    }

    @Test(
        "Anything else is refused, and never repeated",
        arguments: [
            "", "hunter2.example/hooks", "ftp://hunter2.example", "https:hunter2", "https://",
            "https:///hunter2",
            "https://user:hunter2@chat.example/", "https://hunter2.example:0/",
            "https://hunter2.example:65536/",
            "https://hunter2.example:x/", "https://[hunter2]/", "https://[::1/hunter2",
            "https://[::1]x/hunter2",
            "https://chat.example/#hunter2", "https://chat.example/hunter2 x", "https://hünter2.example/",
            "https://1.2.3/hunter2", "https://\u{7F}hunter2/",
        ]
    )
    func bad(text: String) {
        let problem = #expect(throws: ValueProblem.self) { try ValueParser<String>.url.parse(text) }
        #expect(problem?.message.contains("nter2") == false)
        #expect(problem?.suggestion == nil)
    }

    @Test("A URL has at most 2048 bytes")
    func long() {
        let url = "https://chat.example/" + String(repeating: "a", count: 2048)
        #expect(throws: ValueProblem.self) { try ValueParser<String>.url.parse(url) }
    }

    @Test(
        "An internal address that allowAddresses does not have is a warning",
        arguments: [
            ("https://localhost:8080", "localhost", "127.0.0.1"),
            ("http://10.1.2.3/", "10.1.2.3", "10.1.2.3"),
            ("https://[::1]/x", "::1", "::1"),
            ("https://[::ffff:192.168.0.1]", "::ffff:192.168.0.1", "192.168.0.1"),
            ("https://[fd00::1]", "fd00::1", "fd00::1"), ("https://[fe80::1]", "fe80::1", "fe80::1"),
            ("https://169.254.169.254", "169.254.169.254", "169.254.169.254"),
            ("http://172.31.0.1", "172.31.0.1", "172.31.0.1"),
        ]
    )
    func internalAddress(url: String, host: String, address: String) {
        let text = { (lines: String) in "listeners: {a: {url: '\(url)'\(lines)}}\n" }
        #expect(
            Subject.problems(withSource: text("")) == [
                "f.yml:1:17: warning: listeners.a: \(host) is an internal address: nothing is sent to it "
                    + "unless allowAddresses has it; did you mean \"allowAddresses: [\\\"\(address)\\\"]\"?"
            ]
        )
        #expect(Subject.problems(withSource: text(", allowAddresses: ['\(address)']")).isEmpty)
    }

    @Test(
        "Events that leave unencrypted for the internet are a warning",
        arguments: ["http://chat.example/?token=hunter2", "HTTP://Chat.Example:80", "http://chat.example"]
    )
    func unencrypted(url: String) {
        #expect(
            Subject.problems(withSource: "listeners: {a: {url: '\(url)'}}\n") == [
                "f.yml:1:17: warning: listeners.a: events go to chat.example unencrypted: use https"
            ]
        )
    }

    @Test(
        "What is encrypted or looks internal is none",
        arguments: [
            "url: 'https://chat.example'", "url: 'http://chat'", "url: 'http://chat.internal:80/x'",
            "url: 'http://chat.local'", "url: 'http://chat.example', allowAddresses: [10.0.0.0/8]",
            "url: 'https://8.8.8.8/'",
        ]
    )
    func noWarning(lines: String) {
        #expect(Subject.problems(withSource: "listeners: {a: {\(lines)}}\n").isEmpty)
    }
}
