import Testing

@Suite("Reading the manifest")
struct ManifestTests {
    private let manifest = Manifest(
        SwiftFile(
            path: Manifest.path,
            """
            let listeners = [
                "One",
                "Two",
            ]
            let package = Package(
                dependencies: [.package(url: "https://example.com/x", from: "1.0.0")],
                targets: [
                    .target(name: "Bare", swiftSettings: settings),
                    .executableTarget(
                        name: "tool",
                        dependencies: [
                            "Bare",  // not "Other"
                            .product(name: "Product", package: "package"),
                            .target(name: "Spelt"),
                        ]
                    ),
                    .target(name: "Listeners", dependencies: ["Kit"] + listeners.map { .target(name: $0) }),
                    .testTarget(name: "BareTests", dependencies: ["Bare"]),
                ] + listeners.map { .target(name: $0, dependencies: ["Kit"]) }
            )
            """
        )
    )

    @Test("The listeners are the elements of their array")
    func listeners() {
        #expect(
            manifest.listeners == [Manifest.Name(name: "One", line: 2), Manifest.Name(name: "Two", line: 3)]
        )
        #expect(manifest.listenersLine == 1)
    }

    @Test("Targets have their own package's targets as dependencies, each with its line")
    func targets() {
        #expect(manifest.targets.filter { !$0.dependencies.isEmpty }.map(\.name) == ["tool", "Listeners"])
        #expect(manifest.targets.map(\.name).contains("Bare"))
        let tool = manifest.targets.first { $0.name == "tool" }
        #expect(
            tool?.dependencies == [
                Manifest.Name(name: "Bare", line: 12), Manifest.Name(name: "Spelt", line: 14),
            ]
        )
    }
}
