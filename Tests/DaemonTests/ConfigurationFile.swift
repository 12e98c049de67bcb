import Foundation
import ListenerKit
import Settings
import TestKit

@testable import Daemon

/// A configuration file of a test's own, and the variables that go with it.
final class ConfigurationFile: Sendable {
    /// Where the file is.
    let path: String

    private let folder: TemporaryFolder

    /// The variables: one secret is set.
    static let environment = ["HUB_SECRET": "It's a Secret to Everybody"]

    /// A source that can be served.
    static let source = "  hub: {provider: github, secrets: [\"env:HUB_SECRET\"]}"

    init(_ text: String) throws {
        folder = try TemporaryFolder()
        path = folder.path("forgewire.yml")
        try write(text)
    }

    /// Replaces what is in the file.
    func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    /// Checks the file with the stub registry.
    func check(environment: [String: String] = environment) throws -> ServicePlan.Check {
        try ServicePlan.check(path: path, environment: environment, registry: .stub())
    }

    /// Loads the file with the stub registry.
    func load(
        environment: [String: String] = environment
    ) throws -> (plan: ServicePlan, warnings: [ConfigurationProblem]) {
        try ServicePlan.load(path: path, environment: environment, registry: .stub())
    }
}
