import Dispatcher
import Foundation
import Settings

extension Configuration {
    /// What is not there of the commands that would run: only a warning, as a program may be put there later.
    ///
    /// - Parameters:
    ///   - environment: The variables of the process.
    ///   - secrets: What the variables of the commands stand for.
    /// - Returns: A warning for each program and folder that is missing.
    func missingPrograms(
        environment: [String: String],
        secrets: SecretResolution
    ) -> [ConfigurationProblem] {
        listeners.filter(\.enabled).flatMap { listener -> [ConfigurationProblem] in
            guard case .command(let command) = listener.target else { return [] }
            let section = "listeners.\(listener.name)"
            let own = secrets.listeners[listener.name]?.environment.last { $0.name == "PATH" }?.text
            let inherited = environment["PATH"].flatMap { $0.isEmpty ? nil : $0 }
            let missing = [
                command.missingProgram(path: own ?? inherited).map { ("command", $0) },
                command.missingFolder.map { ("workingDirectory", $0) },
            ]
            return missing.compactMap(\.self).map { key, message in
                let word = key == "command" ? command.words.first : command.workingDirectory
                return ConfigurationProblem(
                    severity: .warning,
                    location: location(of: word ?? "", in: "\(section).\(key)") ?? location(of: section),
                    message: "\(section).\(key): \(message)"
                )
            }
        }
    }
}

extension CommandConfiguration {
    /// Why its program cannot be started; nil if it can.
    fileprivate func missingProgram(path: String?) -> String? {
        guard let program = words.first, !program.isEmpty else { return nil }
        switch ProgramLookup.find(program, path: path) {
        case .executable: return nil
        case .notExecutable(let path): return "the program \"\(program)\" is not executable: chmod +x \(path)"
        case .missing:
            let place = program.contains("/") ? "there" : "in PATH"
            return "the program \"\(program)\" is not \(place)"
        }
    }

    /// Why it cannot run where it should; nil if it can.
    fileprivate var missingFolder: String? {
        guard let workingDirectory else { return nil }
        let values = try? URL(filePath: workingDirectory).resourceValues(forKeys: [.isDirectoryKey])
        return values?.isDirectory == true ? nil : "there is no folder \"\(workingDirectory)\""
    }
}
