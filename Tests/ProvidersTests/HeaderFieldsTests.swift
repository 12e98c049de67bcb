import Providers
import Testing

@Suite("Header fields")
struct HeaderFieldsTests {
    @Test("Names are compared without case, values are kept as they are")
    func names() {
        let headers: HeaderFields = ["X-GitHub-Event": "push", "x-github-event": " b ", "X-GitHub-Even": "c"]
        #expect(headers.values("x-GITHUB-event") == ["push", " b "])
        #expect(headers.values("x-github-event2").isEmpty)
    }

    @Test("Only a field that stands once and is not empty has one value")
    func only() {
        let headers: HeaderFields = ["a": "1", "b": "1", "B": "2", "c": ""]
        #expect(headers.only("A") == "1")
        #expect(headers.only("b") == nil)
        #expect(headers.only("c") == nil)
        #expect(headers.only("d") == nil)
    }

    @Test("A field stands nowhere, once or more often, with whatever value")
    func occurrences() {
        let headers: HeaderFields = ["a": "", "b": "1", "B": "2"]
        guard case .once("") = headers.occurrence(of: "A"), case .repeated = headers.occurrence(of: "b"),
            case .none = headers.occurrence(of: "c")
        else {
            Issue.record("counted otherwise")
            return
        }
        #expect(headers.contains("A") && headers.contains("b") && !headers.contains("c"))
    }

    @Test("The values of a field that stands several times are joined with commas, in their order")
    func joined() {
        let headers: HeaderFields = ["a": "1", "b": "", "A": "", "a": "3"]
        #expect(headers.joined("A") == "1, , 3")
        #expect(headers.joined("b")?.isEmpty == true)
        #expect(headers.joined("c") == nil)
    }

    @Test("Letters alone have a case: a name with other characters is not another's")
    func otherCharacters() {
        let headers: HeaderFields = ["a@": "1", "a[": "2"]
        #expect(headers.values("a`").isEmpty)
        #expect(headers.values("a{").isEmpty)
    }
}
