import Testing

@Suite("The rules on the tree")
struct TreeRuleTests {
    @Test("A name at the top that is not on the list is a violation")
    func strayNames() {
        #expect(TreeRules.strayNames(["Sources", "README.md", ".gitignore"]) == [])
        #expect(TreeRules.strayNames(["Sources", "notes.txt", "Docs"]).map(\.path) == ["Docs", "notes.txt"])
    }

    @Test("A target is told of by a sentence in the architecture section, and there alone")
    func untoldTargets() {
        let text = """
            # A daemon
            `Early` stands here too soon for us.
            ## The architecture
            | `Table` | holds what is in a table |
            It ends in `Prose`, which is prose.
            | `Bare` |
            ### More of it
            `Deep` is told of below the section's heading.
            ## After
            `Late` stands here too late for us.
            """
        let targets: Set = ["Early", "Table", "Prose", "Bare", "Deep", "Late", "Gone"]
        let violations = TreeRules.untoldTargets(targets, readme: SourceFile(path: "README.md", text: text))
        #expect(violations.map(\.line) == [3, 3, 3, 3])
        #expect(violations.map { $0.message.prefix(6) } == ["`Bare`", "`Early", "`Gone`", "`Late`"])
    }

    @Test("A README without an architecture section tells of no target")
    func noSection() {
        let violations = TreeRules.untoldTargets(
            ["A"],
            readme: SourceFile(path: "README.md", text: "# A daemon\n`A`")
        )
        #expect(violations.map(\.message) == ["there is no section `Architecture`"])
    }

    private let catalog = SwiftFile(path: "Sources/Providers/ProviderCatalog.swift", "let all = [Listed()]")
    private let listed = SwiftFile(
        path: "Sources/Providers/Listed/Listed.swift",
        "struct Listed: Sendable, Provider {}"
    )

    @Test("A provider that the catalog lists is no violation")
    func listedProvider() {
        let shared = SwiftFile(path: "Sources/Providers/Shared/A.swift", "struct A {}")
        let extended = SwiftFile(path: "Sources/Providers/More.swift", "extension Provider {}")
        #expect(
            TreeRules.unlistedProviders([catalog, listed, shared, extended], otherFolders: ["Shared"]) == []
        )
    }

    @Test("A provider that the catalog does not list is a violation")
    func unlistedProvider() {
        let other = SwiftFile(path: "Sources/Providers/Other/Other.swift", "extension Other: Provider {}")
        let violations = TreeRules.unlistedProviders([catalog, listed, other], otherFolders: [])
        #expect(violations.map(\.message) == ["`Other()` is missing in the array `all`"])
        #expect(violations.map(\.path) == [catalog.path])
    }

    @Test("A folder must have a provider unless it is listed as another one, and must not if it is")
    func folders() {
        let empty = SwiftFile(path: "Sources/Providers/Empty/A.swift", "struct A {}")
        let violations = TreeRules.unlistedProviders([catalog, listed, empty], otherFolders: ["Listed"])
        #expect(violations.map(\.path) == ["Sources/Providers/Empty", "Sources/Providers/Listed"])
    }

    @Test("A provider's folder without one of the common files is a violation")
    func providerFiles() {
        let files = ["", "+Authentication", "+Events", "+Samples"].map {
            SwiftFile(path: "Sources/Providers/Listed/Listed\($0).swift", "")
        }
        let shared = SwiftFile(path: "Sources/Providers/Shared/A.swift", "")
        let violations = TreeRules.missingProviderFiles(files + [shared], otherFolders: ["Shared"])
        #expect(violations.map(\.message) == ["`Listed+Identity.swift` is missing, which every provider has"])
        #expect(violations.map(\.path) == ["Sources/Providers/Listed"])
    }

    @Test("A missing catalog is a violation")
    func missingCatalog() {
        #expect(TreeRules.unlistedProviders([listed]).map(\.message) == ["the catalog is missing"])
    }

    @Test("Names are ignored as git ignores them")
    func ignoredNames() {
        let names = IgnoredNames(gitignore: "# comment\n.build/\n.build-*/\nPackage.resolved\n*.o\n")
        for name in [".build", ".build-2"] {
            #expect(names.contains(name, isFolder: true))
            #expect(!names.contains(name, isFolder: false))
        }
        #expect(names.contains("a.o", isFolder: false) && names.contains("Package.resolved", isFolder: false))
        #expect(names.contains(".git", isFolder: true) && !names.contains("a.c", isFolder: false))
        #expect(
            !names.contains("# comment", isFolder: false) && !names.contains(".gitignore", isFolder: false)
        )
    }
}
