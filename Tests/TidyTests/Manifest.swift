/// What the rules need of `Package.swift`, read as text.
struct Manifest {
    /// Where it stands.
    static let path = "Package.swift"

    /// A name with its line.
    struct Name: Equatable {
        let name: String
        let line: Int
    }

    /// A target with the targets of this package that it depends on.
    struct Target: Equatable {
        let name: String
        let dependencies: [Name]
    }

    /// The targets of the product with a literal name: no test targets, no listeners.
    let targets: [Target]
    /// The elements of the array `listeners`.
    let listeners: [Name]
    /// The line on which the array `listeners` begins, or 1.
    let listenersLine: Int

    /// Reads the manifest's text.
    init(_ file: SwiftFile) {
        let tokens = file.tokens
        targets = tokens.indices.compactMap { Self.target(at: $0, in: tokens) }
        let listeners = tokens.indices.first {
            tokens.isCode("let", at: $0) && tokens.isCode("listeners", at: $0 + 1)
                && tokens.isCode("[", at: $0 + 3)
        }
        listenersLine = listeners.map { tokens[$0].line } ?? 1
        self.listeners = listeners.map { Self.names(in: $0 + 3, of: tokens) } ?? []
    }

    private static func target(at index: Int, in tokens: [Token]) -> Target? {
        let isTarget = ["target", "executableTarget"].contains { tokens.isCode($0, at: index + 1) }
        guard isTarget, tokens.isCode(".", at: index), tokens.isCode("(", at: index + 2) else { return nil }
        let arguments = index + 2...tokens.closing(of: index + 2)
        guard let name = value(of: "name", in: arguments, of: tokens), tokens[name].kind == .literal else {
            return nil
        }
        let list = value(of: "dependencies", in: arguments, of: tokens)
        let dependencies = list.map { names(in: $0, of: tokens) } ?? []
        return Target(name: tokens[name].text, dependencies: dependencies)
    }

    /// The index after `label:`, directly in the parentheses.
    private static func value(of label: String, in range: ClosedRange<Int>, of tokens: [Token]) -> Int? {
        var index = range.lowerBound + 1
        while index < range.upperBound {
            if tokens.isCode(label, at: index), tokens.isCode(":", at: index + 1) { return index + 2 }
            let isBracket = ["(", "[", "{"].contains { tokens[index].isCode($0) }
            index = isBracket ? tokens.closing(of: index) + 1 : index + 1
        }
        return nil
    }

    /// The string literals of an array; those of `.product(…)` and the like are none of its elements.
    private static func names(in array: Int, of tokens: [Token]) -> [Name] {
        guard tokens.isCode("[", at: array) else { return [] }
        var names: [Name] = []
        var index = array + 1
        while index < tokens.closing(of: array) {
            if tokens[index].kind == .literal {
                names.append(Name(name: tokens[index].text, line: tokens[index].line))
            }
            let isTarget = tokens.isCode("target", at: index - 1) && tokens.isCode(".", at: index - 2)
            let isSkipped = tokens[index].isCode("(") && !isTarget
            index = isSkipped ? tokens.closing(of: index) + 1 : index + 1
        }
        return names
    }
}
