import Testing

@Suite("Splitting Swift source")
struct SwiftLexerTests {
    private func code(_ text: String) -> [String] {
        SwiftLexer(text).tokens.filter { $0.kind != .literal }.map(\.text)
    }

    private func literals(_ text: String) -> [String] {
        SwiftLexer(text).tokens.filter { $0.kind == .literal }.map(\.text)
    }

    @Test(
        "What is in literals and comments is no code",
        arguments: [
            #"a "x" b"#, #"a "\"x" b"#, "a \"\"\"\n x \"x\" \n\"\"\" b", ##"a #"x " \x"# b"##,
            "a // x \"x\nb",
            ##"a #""""# b"##, "a /* x /* x */ x */ b", "a \"x // x\" b",
        ]
    )
    func hiddenText(_ text: String) {
        #expect(code(text) == ["a", "b"])
    }

    @Test("An interpolation is code, whatever literals are in it")
    func interpolation() {
        #expect(code(#"a("\(b("x", (c)))y") d"#) == ["a", "(", "b", "(", ",", "(", "c", ")", ")", ")", "d"])
        #expect(code(##"#"\(a) \#(b)"#"##) == ["b"])
    }

    @Test("A literal's text stands between the quotes")
    func literalText() {
        #expect(literals(##"f("one", #"t"wo"#, "", "thr\"ee")"##) == ["one", "t\"wo", "", #"thr\"ee"#])
    }

    @Test("Every token knows its line")
    func lines() {
        let lexer = SwiftLexer("a\n/* c\n */ b \"\"\"\n x\n \"\"\" c -> d\n// e")
        #expect(lexer.tokens.map(\.line) == [1, 3, 3, 5, 5, 5])
        #expect(lexer.tokens.map(\.text).contains("->"))
        #expect(lexer.comments.map(\.line) == [2, 6])
    }

    @Test("The imports of a file are found in all their forms")
    func imports() {
        let file = SwiftFile(
            path: "A.swift",
            "import A\npublic import B\n@testable import C\nimport struct D.E\n// import F\n\"import G\""
        )
        #expect(file.imports.map(\.module) == ["A", "B", "C", "D"])
        #expect(file.imports.map(\.line) == [1, 2, 3, 4])
    }
}
