import Foundation
import Subprocess
import SystemPackage
import TestKit

/// The real executable, which the build has put beside the tests.
enum Executable {
    /// Bytes of output that are kept: more than any command prints here.
    private static let outputBytesMax = 16 << 20

    static var path: FilePath { get throws { try path(of: "forgewire") } }

    /// Where an executable of this package is.
    ///
    /// - Throws: `ExecutableMissing` if it is not beside the tests.
    static func path(of name: String) throws -> FilePath {
        // The folder of the running test bundle; /proc resolves it whichever way the tests were started.
        let test = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let folders = [test, CommandLine.arguments.first ?? ""].map {
            URL(fileURLWithPath: $0).deletingLastPathComponent()
        }
        let found = folders.map { $0.appendingPathComponent(name).path }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
        guard let found else { throw ExecutableMissing(name: name, folders: folders.map(\.path)) }
        return FilePath(found)
    }

    /// What a command printed and how it ended.
    struct Outcome {
        let status: Int32
        let output: [UInt8]
        let errors: String

        var text: String { String(decoding: output, as: UTF8.self) }
    }

    /// Runs a command to its end.
    static func run(
        _ arguments: [String],
        environment: [String: String] = [:],
        in folder: TemporaryFolder? = nil
    ) async throws -> Outcome {
        let result = try await Subprocess.run(
            .path(try path),
            arguments: Arguments(arguments),
            environment: .custom(environment),
            workingDirectory: folder.map { FilePath($0.url.path) },
            output: .bytes(limit: outputBytesMax),
            error: .bytes(limit: outputBytesMax)
        )
        return Outcome(
            status: result.terminationStatus.code,
            output: result.standardOutput,
            errors: String(decoding: result.standardError, as: UTF8.self)
        )
    }
}

extension TerminationStatus {
    /// The exit status, or the negative signal that ended the process.
    var code: Int32 {
        switch self {
        case .exited(let code): code
        case .signaled(let signal): -signal
        }
    }
}

extension Environment {
    /// These variables and no others.
    static func custom(_ variables: [String: String]) -> Environment {
        let keys = variables.compactMap { name, value in Key(rawValue: name).map { ($0, value) } }
        return .custom(Dictionary(uniqueKeysWithValues: keys))
    }
}

/// There is no executable to test.
struct ExecutableMissing: Error, CustomStringConvertible {
    let name: String
    let folders: [String]

    var description: String { "no \(name) in \(folders.joined(separator: " or ")): build it first" }
}
