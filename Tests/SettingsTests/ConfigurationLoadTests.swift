import Foundation
import Testing

@testable import Settings

@Suite("Finding and loading the file")
struct ConfigurationLoadTests {
    private func load(
        _ path: String?,
        _ environment: [String: String] = [:],
        _ contents: [String: String]
    ) throws(ConfigurationError) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        try Configuration.load(
            path: path,
            environment: environment,
            vocabulary: Subject.vocabulary,
            files: Subject.files(contents.mapValues { Array($0.utf8) })
        )
    }

    private static let all = [
        "given": "outbox: {path: given}", "variable": "outbox: {path: variable}",
        "./Config/forgewire.yml": "outbox: {path: folder}",
        "/etc/forgewire/forgewire.yml": "outbox: {path: etc}",
    ]

    @Test("The command line wins over the variable, the variable over the folder, the folder over /etc")
    func order() throws {
        let variable = ["FORGEWIRE_CONFIG": "variable"]
        #expect(try load("given", variable, Self.all).configuration.outbox.path == "given")
        #expect(try load(nil, variable, Self.all).configuration.outbox.path == "variable")
        #expect(try load(nil, ["FORGEWIRE_CONFIG": ""], Self.all).configuration.outbox.path == "folder")
        let etc = Self.all.filter { $0.key.hasPrefix("/etc") }
        #expect(try load(nil, [:], etc).configuration.outbox.path == "etc")
    }

    @Test("Without any file, the error tells what was tried")
    func none() {
        let error = #expect(throws: ConfigurationError.self) { try load(nil, [:], [:]) }
        #expect(
            error?.description == "no configuration file: tried ./Config/forgewire.yml and "
                + "/etc/forgewire/forgewire.yml, and $FORGEWIRE_CONFIG is not set; name one with --config"
        )
    }

    @Test("A file that is named must exist, even if another one does")
    func named() {
        let given = #expect(throws: ConfigurationError.self) { try load("nowhere", [:], Self.all) }
        #expect(given?.description == "nowhere: there is no such file")
        let variable = #expect(throws: ConfigurationError.self) {
            try load(nil, ["FORGEWIRE_CONFIG": "nowhere"], Self.all)
        }
        #expect(variable?.description == "nowhere: there is no such file")
    }

    @Test("A file of more than a mebibyte is not read")
    func large() {
        let error = #expect(throws: ConfigurationError.self) {
            try load("big", [:], ["big": String(repeating: "#", count: 1_048_577)])
        }
        #expect(error?.description == "big: larger than 1MiB")
    }

    @Test("An invalid file throws every problem, warnings included")
    func invalid() {
        let error = #expect(throws: ConfigurationError.self) {
            try load("f.yml", [:], ["f.yml": "admn: 1\ningest: {b: 1}\n"])
        }
        #expect(
            error?.description == """
                f.yml:1:1: unknown key "admn"; did you mean "admin"?
                f.yml:1:1: warning: no source is configured: every delivery is refused
                f.yml:2:10: ingest: unknown key "b"; the keys here are forwardedHeader, limits, listen, \
                maxBodyBytes or trustedProxies
                """
        )
    }

    @Test("Bytes that are not UTF-8 are refused with their place")
    func notText() throws {
        let files = Subject.files(["f.yml": Array("a: ä\nb: ".utf8) + [0xFF, 0x0A]])
        let report = try Configuration.report(
            path: "f.yml",
            environment: [:],
            vocabulary: Subject.vocabulary,
            files: files
        )
        #expect(report.problems.map(\.description) == ["f.yml:2:4: not UTF-8 text"])
    }

    @Test("The disk gives a file's bytes, or why not")
    func disk() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "forgewire-\(UUID().uuidString)"
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("file").path
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: file))
        #expect(try FileReader.disk.read(file, 3) == [1, 2, 3])
        #expect(throws: FileReaderError.tooLarge(bytesMax: 2)) { try FileReader.disk.read(file, 2) }
        #expect(throws: FileReaderError.notFound) { try FileReader.disk.read(file + "x", 2) }
        #expect(throws: FileReaderError.unreadable) { try FileReader.disk.read(folder.path, 2) }
    }
}
