import Testing

@Suite("The rule on listeners")
struct ListenerRuleTests {
    private func violations(folders: Set<String>, array: [String], imports: [String], entries: [String])
        -> [String]
    {
        let array = array.map { "    \"\($0)\",\n" }.joined()
        let imports = imports.map { "internal import \($0)\n" }.joined()
        let entries = entries.map { "        \($0)(client: Client())\n" }.joined()
        let registry = imports + "func make() {\n    try ListenerRegistry {\n\(entries)    }\n}\n"
        return ListenerRules.unlisted(
            folders: folders,
            manifest: Manifest(SwiftFile(path: Manifest.path, "\nlet listeners = [\n\(array)]\n")),
            registry: SwiftFile(path: ListenerRules.registryPath, registry)
        ).map(\.description)
    }

    @Test("Listeners that stand everywhere are no violation")
    func whole() {
        let names = ["One", "Two"]
        #expect(violations(folders: Set(names), array: names, imports: names, entries: names) == [])
    }

    @Test("A folder that is listed nowhere gives the three missing lines and their places")
    func newFolder() {
        #expect(
            violations(folders: ["One", "Two"], array: ["One"], imports: ["One"], entries: ["One"]) == [
                "Package.swift:2: `\"Two\",` is missing in the array `listeners`",
                "Listeners/Registry.swift:1: `internal import Two` is missing among the imports at the top",
                "Listeners/Registry.swift:3: `Two()` is missing between the braces of `ListenerRegistry { }`",
            ]
        )
    }

    @Test("A name without a folder is a violation wherever it stands")
    func lostFolder() {
        let message = "`One` has no folder `Listeners/One`: add the folder or delete this line"
        #expect(
            violations(folders: [], array: ["One"], imports: [], entries: ["One"]) == [
                "Package.swift:3: \(message)", "Listeners/Registry.swift:3: \(message)",
            ]
        )
    }
}
