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
}
