import Testing

@Suite("The project keeps its own rules")
struct ProjectTests {
    private let checkout = Checkout.project
    private var listeners: Set<String> { checkout.folders(in: "Listeners") }
    private var importRules: ImportRules { ImportRules(architecture: .project, listeners: listeners) }

    @Test("The rules see the whole project")
    func checkoutIsWhole() {
        let targets = checkout.folders(in: "Sources")
        #expect(targets == Set(Architecture.project.ownImports.keys).subtracting(["Listeners"]))
        #expect(
            targets.subtracting(checkout.swiftFiles.compactMap { $0.source.folder(below: "Sources") }) == [
                "CAllocator", "CISAL", "COpenSSL", "CProcess", "CSQLite",
            ]
        )
        #expect(checkout.swiftFile(Manifest.path) != nil && checkout.swiftFile(Allowance.list) != nil)
        #expect(checkout.paths.contains(".gitignore") && !checkout.contains(".git"))
    }

    @Test("No file, function or line is too long")
    func sizes() {
        expectNone(checkout.swiftFiles.map(\.source).flatMap(SizeRules.longFile))
        expectNone(checkout.swiftFiles.map(\.source).flatMap(SizeRules.longLines))
        expectNone(checkout.swiftFiles.flatMap(SizeRules.longFunctions))
    }

    @Test("Banned code stands only where the list allows it", arguments: BannedCode.all)
    func bans(_ ban: BannedCode) {
        expectNone(ban.check(checkout.swiftFiles, allowances: Allowance.all))
    }

    @Test("Every allowance is for a ban that exists", arguments: Allowance.all)
    func allowances(_ allowance: Allowance) {
        #expect(BannedCode.all.contains { $0.name == allowance.ban })
    }

    @Test("Imports and dependencies go along the arrows")
    func arrows() throws {
        expectNone(checkout.swiftFiles.flatMap(importRules.forbiddenImports))
        let manifest = Manifest(try #require(checkout.swiftFile(Manifest.path)))
        #expect(
            Set(manifest.targets.map(\.name)).isSuperset(
                of: checkout.folders(in: "Sources")
                    .subtracting(["CAllocator", "CISAL", "COpenSSL", "CProcess", "CSQLite"])
            )
        )
        expectNone(importRules.wrongDependencies(manifest, files: checkout.swiftFiles))
    }

    @Test("Every listener is in the manifest and in the registry")
    func listenersAreListed() throws {
        let manifest = Manifest(try #require(checkout.swiftFile(Manifest.path)))
        let registry = try #require(checkout.swiftFile(ListenerRules.registryPath))
        expectNone(ListenerRules.unlisted(folders: listeners, manifest: manifest, registry: registry))
    }

    @Test("Links in Markdown lead somewhere")
    func links() throws {
        try #require(checkout.file("README.md") != nil, "README.md is missing")
        let pages = checkout.files.filter { $0.path.hasSuffix(".md") }
        expectNone(pages.flatMap { MarkdownRules.deadLinks($0, in: checkout) })
    }

    @Test("No file names a place that users do not have")
    func wording() {
        expectNone(checkout.files.flatMap { WordingRules.privatePlaces($0) })
    }

    @Test("The README tells of every target")
    func targetsAreTold() throws {
        let readme = try #require(checkout.file("README.md"), "README.md is missing")
        expectNone(TreeRules.untoldTargets(checkout.folders(in: "Sources"), readme: readme))
    }

    @Test("Every provider's folder is listed in the catalog, and has the files that all have")
    func providersAreListed() {
        let files = checkout.swiftFiles.filter { $0.source.folder(below: "Sources") == "Providers" }
        expectNone(TreeRules.unlistedProviders(files))
        expectNone(TreeRules.missingProviderFiles(files))
    }

    @Test("Nothing strays at the top of the repository")
    func topLevel() {
        expectNone(TreeRules.strayNames(checkout.topLevel))
    }
}
