/// A secret that was found: its bytes never appear in a description.
package struct ResolvedSecret: CustomDebugStringConvertible, CustomStringConvertible, Equatable, Sendable {
    /// Where it is kept; safe to show.
    package let reference: SecretReference
    /// The secret itself; not empty and not all white space.
    package let bytes: [UInt8]

    /// The reference alone.
    package var description: String { "ResolvedSecret(\(reference))" }

    /// The reference alone.
    package var debugDescription: String { description }
}

/// Why a secret cannot be used.
package struct SecretError: Error, Equatable, CustomStringConvertible {
    /// Where it should be.
    package let reference: SecretReference
    /// What is wrong, as the end of a sentence.
    package let reason: String
    /// Whether it is only that no service manager has given credentials to this process.
    package let isWithoutCredentials: Bool

    init(reference: SecretReference, reason: String, isWithoutCredentials: Bool = false) {
        self.reference = reference
        self.reason = reason
        self.isWithoutCredentials = isWithoutCredentials
    }

    /// What is wrong and where; never the secret.
    package var description: String { "\(reference): \(reason)" }
}

/// Turns references into secrets.
package struct SecretResolver: Sendable {
    private let environment: [String: String]
    private let files: FileReader

    /// The variable in which systemd names the folder of a service's credentials.
    package static let credentialsVariable = "CREDENTIALS_DIRECTORY"

    private static let secretBytesMax = 64 * ByteSize.kibibyte
    /// A system's whole list of authorities has about 200 KiB.
    private static let certificatesBytesMax = ByteSize.mebibyte

    package init(environment: [String: String], files: FileReader = .disk) {
        self.environment = environment
        self.files = files
    }

    /// The secret behind a reference.
    ///
    /// White space around it is not part of it, wherever it is kept, nor is a byte order mark: editors,
    /// `echo` and files of variables leave them there, and no forge would sign with them.
    package func resolve(_ reference: SecretReference) throws(SecretError) -> ResolvedSecret {
        let bytes: [UInt8]
        switch reference {
        case let .environment(name):
            guard let value = environment[name] else {
                throw SecretError(reference: reference, reason: "the variable is not set")
            }
            bytes = Array(value.utf8)
        case let .file(path):
            bytes = try read(path, for: reference)
        case let .credential(name):
            guard let folder = environment[Self.credentialsVariable], !folder.isEmpty else {
                throw SecretError(
                    reference: reference,
                    reason: "$\(Self.credentialsVariable) is not set",
                    isWithoutCredentials: true
                )
            }
            bytes = try read("\(folder)/\(name)", for: reference)
        }
        let secret = Self.trimmed(bytes)
        guard !secret.isEmpty else {
            let reason = bytes.isEmpty ? "is empty" : "is nothing but white space"
            throw SecretError(reference: reference, reason: reason)
        }
        return ResolvedSecret(reference: reference, bytes: Array(secret))
    }

    /// Whether every user may read the file behind a reference.
    func isReadableByAll(_ reference: SecretReference) -> Bool {
        guard case .file(let path) = reference else { return false }
        return files.isReadableByAll(path)
    }

    /// The text of a value, that may stand behind a reference.
    func resolve(_ value: SettingValue, _ parser: ValueParser<String>) throws(SecretError) -> String {
        switch value {
        case let .text(text): return text
        case let .reference(reference):
            let secret = try resolve(reference)
            guard let text = String(validating: secret.bytes, as: UTF8.self) else {
                throw SecretError(reference: reference, reason: "is not UTF-8 text")
            }
            do {
                return try parser.parse(text)
            } catch {
                throw SecretError(reference: reference, reason: error.message)
            }
        }
    }

    /// Why a file that another module reads cannot be read, as the end of a sentence; nil if it can.
    func fault(ofFile path: String) -> FileReaderError? {
        do {
            _ = try files.read(path, Self.certificatesBytesMax)
            return nil
        } catch {
            return error
        }
    }

    private func read(_ path: String, for reference: SecretReference) throws(SecretError) -> [UInt8] {
        do {
            return try files.read(path, Self.secretBytesMax)
        } catch {
            throw SecretError(reference: reference, reason: error.description)
        }
    }

    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// What stands between the white space and byte order marks at both ends.
    private static func trimmed(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        var rest = bytes[...]
        while let first = rest.first {
            if isWhiteSpace(first) {
                rest.removeFirst()
            } else if rest.starts(with: byteOrderMark) {
                rest.removeFirst(byteOrderMark.count)
            } else {
                break
            }
        }
        while let last = rest.last {
            if isWhiteSpace(last) {
                rest.removeLast()
            } else if rest.suffix(byteOrderMark.count) == byteOrderMark[...] {
                rest.removeLast(byteOrderMark.count)
            } else {
                break
            }
        }
        return rest
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
