extension Configuration {
    /// Where the file is looked for when nothing names one.
    package static let searchedPaths = ["./Config/forgewire.yml", "/etc/forgewire/forgewire.yml"]

    /// The variable that names the file when the command line does not.
    package static let pathVariable = "FORGEWIRE_CONFIG"

    /// The largest file read.
    private static let fileBytesMax = ByteSize.mebibyte

    /// Finds, reads and validates the configuration.
    ///
    /// - Parameters:
    ///   - path: The file that the command line names; nil for none.
    ///   - environment: The variables of the process.
    ///   - vocabulary: The names that other modules define.
    ///   - files: How files are read.
    /// - Returns: The configuration and its warnings.
    /// - Throws: Every problem of the file; or that there is none, and where it was looked for.
    package static func load(
        path: String?,
        environment: [String: String],
        vocabulary: ConfigurationVocabulary,
        files: FileReader = .disk
    ) throws(ConfigurationError) -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
        let report = try report(path: path, environment: environment, vocabulary: vocabulary, files: files)
        return (try report.validated(), report.warnings)
    }

    /// Finds and reads the configuration, and reports on it even if it is invalid.
    ///
    /// - Throws: Only when there is no file to report on.
    package static func report(
        path: String?,
        environment: [String: String],
        vocabulary: ConfigurationVocabulary,
        files: FileReader = .disk
    ) throws(ConfigurationError) -> ConfigurationReport {
        let (path, bytes) = try locate(path: path, environment: environment, files: files)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            let problem = ConfigurationProblem(
                location: place(ofInvalid: bytes, path),
                message: "not UTF-8 text"
            )
            return ConfigurationReport(
                path: path,
                draft: Configuration(),
                problems: [problem],
                isReadable: false
            )
        }
        return report(text: text, file: path, vocabulary: vocabulary)
    }

    private static func locate(
        path: String?,
        environment: [String: String],
        files: FileReader
    ) throws(ConfigurationError) -> (path: String, bytes: [UInt8]) {
        let variable = environment[pathVariable].flatMap { $0.isEmpty ? nil : $0 }
        let named = path ?? variable
        for candidate in named.map({ [$0] }) ?? searchedPaths {
            do {
                return (candidate, try files.read(candidate, fileBytesMax))
            } catch {
                guard named == nil, error == .notFound else { throw unreadable(candidate, error) }
            }
        }
        let tried = searchedPaths.joined(separator: " and ")
        throw ConfigurationError(problems: [
            ConfigurationProblem(
                location: nil,
                message: "no configuration file: tried \(tried), and $\(pathVariable) is not set; "
                    + "name one with --config"
            )
        ])
    }

    private static func unreadable(_ path: String, _ error: FileReaderError) -> ConfigurationError {
        ConfigurationError(problems: [ConfigurationProblem(location: nil, message: "\(path): \(error)")])
    }

    private static func place(ofInvalid bytes: [UInt8], _ path: String) -> SourceLocation {
        // Invalid bytes decode to U+FFFD; the first one is where the file stops being text.
        let before = String(decoding: bytes, as: UTF8.self).unicodeScalars.prefix { $0 != "\u{FFFD}" }
        let line = before.count { $0 == "\n" } + 1
        let column = before.reversed().prefix { $0 != "\n" }.count + 1
        return SourceLocation(file: path, line: line, column: column)
    }
}
