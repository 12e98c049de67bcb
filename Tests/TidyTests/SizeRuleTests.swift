import Testing

@Suite("The rules on size")
struct SizeRuleTests {
    private func function(lines: Int) -> String {
        "func f(\n    a: Int\n) -> Int {\n" + String(repeating: "    a\n", count: lines - 4) + "}\n"
    }

    @Test("A file of 400 lines is the longest", arguments: [(400, 0), (401, 1)])
    func fileLength(lines: Int, count: Int) {
        let file = SourceFile(path: "A.swift", text: String(repeating: "a\n", count: lines))
        #expect(SizeRules.longFile(file).count == count)
    }

    @Test("A line of 110 columns is the longest, however many bytes it has", arguments: [(110, 0), (111, 1)])
    func lineLength(columns: Int, count: Int) {
        let file = SourceFile(path: "A.swift", text: "a\n" + String(repeating: "é", count: columns) + "\nb")
        #expect(SizeRules.longLines(file).map(\.line) == Array(repeating: 2, count: count))
    }

    @Test("A function of 70 lines is the longest", arguments: [(70, 0), (71, 1)])
    func functionLength(lines: Int, count: Int) {
        let file = SwiftFile(path: "A.swift", "\n" + function(lines: lines) + function(lines: 5))
        #expect(SizeRules.longFunctions(file).map(\.line) == Array(repeating: 2, count: count))
    }

    @Test("The message names the file, the line and the function")
    func message() {
        let violations = SizeRules.longFunctions(SwiftFile(path: "A.swift", function(lines: 80)))
        #expect(violations.map(\.description) == ["A.swift:1: `f` has 80 lines; a function has at most 70"])
    }

    @Test("Every kind of body is measured, and what has none is not")
    func bodies() {
        let text = """
            protocol P {
                func required(a: Int) throws
                var x: Int { get }
            }
            struct S {
                var stored: [Int] = [1].map { $0 }
                var plain: Int
                init(_ a: Int = 1) { self.init() }
                deinit {}
                subscript(a: Int) -> Int { 1 }
                func generic<A>(_ a: A) -> (Int) -> Int
                where A: P {
                    func inner() {}
                    S.init(a)
                }
            }
            """
        let functions = SizeRules.functions(in: SwiftLexer(text).tokens)
        #expect(functions.map(\.name) == ["x", "init", "deinit", "subscript", "generic", "inner"])
        #expect(functions.map(\.lineCount) == [1, 1, 1, 1, 5, 1])
    }
}
