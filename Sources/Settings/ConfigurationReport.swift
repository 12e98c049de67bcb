/// What reading a configuration file gave: every problem, and the values as far as they could be read.
package struct ConfigurationReport: Sendable {
    /// The path of the file, as it was opened.
    package let path: String
    /// The values, with defaults in place of wrong ones.
    ///
    /// To be used only for more checks, or when nothing is an error.
    package let draft: Configuration
    /// Every error and warning, in the order of the file.
    package let problems: [ConfigurationProblem]
    /// Whether the file could be read as YAML; otherwise all values are defaults.
    package var isReadable = true

    /// The problems that stop a start.
    package var errors: [ConfigurationProblem] { problems.filter { $0.severity == .error } }

    /// The problems that an operator should know of.
    package var warnings: [ConfigurationProblem] { problems.filter { $0.severity == .warning } }

    /// The configuration, if nothing is an error.
    package func validated() throws(ConfigurationError) -> Configuration {
        guard errors.isEmpty else { throw ConfigurationError(problems: problems) }
        return draft
    }
}

extension Configuration {
    /// Reads and validates the text of a configuration file; does no I/O and resolves no secret.
    ///
    /// - Parameters:
    ///   - text: The YAML text; empty text means every default.
    ///   - file: The path to show in problems.
    ///   - vocabulary: The names that other modules define.
    /// - Returns: The values and the problems.
    package static func report(
        text: String,
        file: String,
        vocabulary: ConfigurationVocabulary
    ) -> ConfigurationReport {
        let collector = ProblemCollector(file: file)
        guard let document = YAMLDocument(text: text, problems: collector) else {
            return ConfigurationReport(
                path: file,
                draft: Configuration(),
                problems: collector.sorted,
                isReadable: false
            )
        }
        let draft = Configuration(Section(document: document, problems: collector), vocabulary: vocabulary)
        return ConfigurationReport(path: file, draft: draft, problems: collector.sorted)
    }
}
