import Foundation
import TestKit
import Testing

/// The event type in `handle` is the subscription, so the compiler is what refuses a wrong one.
@Suite(
    "Listeners and the compiler",
    .enabled(if: Compiler.isPresent, "swiftc or the built modules are missing")
)
struct ListenerCompilationTests {
    @Test("A listener for an event type compiles")
    func eventType() throws {
        let result = try Compiler.check(listener(for: "PullRequestEvent"))
        #expect(result.succeeded, "\(result.messages)")
    }

    @Test("A listener for a type that is no event, or does not exist, does not compile")
    func otherType() throws {
        let string = try Compiler.check(listener(for: "String"))
        #expect(!string.succeeded)
        #expect(string.messages.contains("'Listener'"), "\(string.messages)")
        let missing = try Compiler.check(listener(for: "PullReqeustEvent"))
        #expect(!missing.succeeded)
        #expect(missing.messages.contains("cannot find type 'PullReqeustEvent'"), "\(missing.messages)")
    }

    @Test("What is no listener does not get into a registry")
    func registryTakesListenersOnly() throws {
        let registry = "import ListenerKit\nlet registry = try ListenerRegistry { \"welcome\" }\n"
        let result = try Compiler.check(registry)
        #expect(!result.succeeded)
        #expect(result.messages.contains("Listener"), "\(result.messages)")
    }

    private func listener(for type: String) -> String {
        """
        import ListenerKit

        public struct Welcome: Listener {
            public let name = "welcome"
            public init() {}
            public func handle(_ event: \(type), context: ListenerContext) async throws {
                context.logger.info("Hello")
            }
        }
        """
    }
}

/// Runs `swiftc -typecheck` against the modules that this test was built with.
private enum Compiler {
    struct Result {
        let succeeded: Bool
        let messages: String
    }

    static var isPresent: Bool { executable != nil && modules != nil }

    static func check(_ source: String) throws -> Result {
        let folder = try TemporaryFolder()
        let file = folder.path("source.swift")
        try source.write(toFile: file, atomically: false, encoding: .utf8)
        let compiler = try #require(executable)
        let process = Process()
        process.executableURL = compiler
        process.arguments = ["-typecheck", "-swift-version", "6", "-I", try #require(modules).path, file]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let messages = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Result(
            succeeded: process.terminationStatus == 0,
            messages: String(decoding: messages, as: UTF8.self)
        )
    }

    private static var executable: URL? {
        let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
        return folders.map { URL(filePath: "\($0)/swiftc") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    /// The build puts the modules into a folder beside the test executable.
    private static var modules: URL? {
        let folders = [Bundle.main.executableURL, URL(filePath: CommandLine.arguments[0])]
            .compactMap {
                $0?.resolvingSymlinksInPath().deletingLastPathComponent().appending(path: "Modules")
            }
        return folders.first {
            FileManager.default.fileExists(atPath: $0.appending(path: "ListenerKit.swiftmodule").path)
        }
    }
}
