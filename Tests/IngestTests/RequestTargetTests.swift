import Testing

@testable import Ingest

@Suite("Request targets")
struct RequestTargetTests {
    @Test(
        "The path behind /webhooks/ names the source",
        arguments: [
            ("/webhooks/github", "github"), ("/webhooks/github?a=b/c", "github"),
            ("/webhooks/a-b_1?", "a-b_1"),
            ("http://host:80/webhooks/github", "github"), ("HTTPS://host/webhooks/github?x", "github"),
        ]
    )
    func named(target: String, name: String) {
        #expect(RequestTarget.sourceName(in: target) == name[...])
    }

    @Test(
        "Any other target names none",
        arguments: [
            "/", "", "*", "/webhooks", "/webhooks/", "/webhooks/?x", "/webhook/github", "/WEBHOOKS/github",
            "//webhooks/github", "webhooks/github", "host:443", "ftp://host/webhooks/github",
            "http:/webhooks/github",
            "http://host?/webhooks/github", "/x?/webhooks/github",
            "/webhooks/" + String(repeating: "a", count: 64),
        ]
    )
    func unnamed(target: String) {
        #expect(RequestTarget.sourceName(in: target) == nil)
    }

    @Test(
        "Nothing is decoded or tidied up, so that no second spelling finds a source",
        arguments: ["/webhooks/git%68ub", "/webhooks/github/", "/webhooks/./github", "/webhooks/github#x"]
    )
    func literal(target: String) {
        #expect(RequestTarget.sourceName(in: target) != "github")
    }
}
