import Testing

@Suite("The rule on imports and dependencies")
struct ImportRuleTests {
    private let rules = ImportRules(
        architecture: Architecture(
            ownImports: ["Core": [], "Edge": ["Core"], "ListenerKit": [], "Listeners": ["ListenerKit"]],
            reservedLibraries: ["Store": ["Core"]],
            bannedLibraries: ["Heavy": ["Edge"]]
        ),
        listeners: ["Greeter"]
    )

    @Test(
        "An import against the arrows is a violation",
        arguments: [
            ("Sources/Core/A.swift", "Edge"), ("Sources/Edge/A.swift", "Greeter"),
            ("Sources/Edge/A.swift", "StoreKit"),
            ("Sources/Edge/A.swift", "HeavyEssentials"), ("Listeners/Greeter/A.swift", "Core"),
            ("Listeners/Registry.swift", "Core"),
        ]
    )
    func forbidden(path: String, module: String) {
        let violations = rules.forbiddenImports(SwiftFile(path: path, "\nimport \(module)"))
        #expect(violations.map(\.line) == [2])
        #expect(violations.first?.message.contains("may not import `\(module)`") == true)
    }

    @Test(
        "An import along the arrows is none",
        arguments: [
            ("Sources/Edge/A.swift", "Core"), ("Sources/Core/A.swift", "Store"),
            ("Sources/Core/A.swift", "Heavy"),
            ("Sources/Edge/A.swift", "Other"), ("Listeners/Greeter/A.swift", "ListenerKit"),
            ("Listeners/Greeter/A.swift", "Store"), ("Listeners/Registry.swift", "Greeter"),
            ("Tests/EdgeTests/A.swift", "Store"), ("Tests/CoreTests/A.swift", "Edge"),
        ]
    )
    func allowed(path: String, module: String) {
        #expect(rules.forbiddenImports(SwiftFile(path: path, "import \(module)")) == [])
    }

    @Test("A target without a row in the table is a violation")
    func unknownTarget() {
        let violations = rules.forbiddenImports(SwiftFile(path: "Sources/New/A.swift", "import Core"))
        #expect(violations.map(\.message) == ["`New` has no row in Tests/TidyTests/Architecture.swift"])
    }

    @Test("A dependency that is forbidden, and one that nothing imports, is a violation")
    func dependencies() {
        let manifest = Manifest(
            SwiftFile(
                path: Manifest.path,
                """
                .target(name: "Core", dependencies: [
                    "Edge",
                ]),
                .target(name: "Edge", dependencies: [.product(name: "Core", package: "x"), "Core"]),
                .testTarget(name: "CoreTests", dependencies: ["Edge"]),
                """
            )
        )
        let core = SwiftFile(path: "Sources/Core/A.swift", "import Edge")
        let edge = SwiftFile(path: "Sources/Edge/A.swift", "import Core")
        let forbidden = Violation(
            path: "Package.swift",
            line: 2,
            message: "`Core` may not depend on `Edge`: see Tests/TidyTests/Architecture.swift"
        )
        let unused = Violation(
            path: "Package.swift",
            line: 4,
            message: "`Edge` imports `Core` nowhere: delete the dependency"
        )
        #expect(rules.wrongDependencies(manifest, files: [core, edge]) == [forbidden])
        #expect(rules.wrongDependencies(manifest, files: [core]) == [forbidden, unused])
    }
}
