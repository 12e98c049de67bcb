/// Where a secret is kept; the configuration never holds the secret itself.
package enum SecretReference: Hashable, CustomStringConvertible, Sendable {
    /// `env:NAME`: a variable of the daemon's environment.
    case environment(String)
    /// `file:/path`: a file; relative to the working directory unless it begins with `/`.
    case file(String)
    /// `credential:NAME`: a file of that name in `$CREDENTIALS_DIRECTORY`, as systemd provides it.
    case credential(String)

    /// The reference as it is written; safe to show.
    package var description: String {
        switch self {
        case let .environment(name): "env:\(name)"
        case let .file(path): "file:\(path)"
        case let .credential(name): "credential:\(name)"
        }
    }
}

extension SecretReference {
    private static let pathBytesMax = 4096
    private static let nameBytesMax = 255

    /// Reads a reference; nil for anything else, which may be a secret and is not to be shown.
    package init?(_ text: String) {
        guard !QuotedText.hasControlCharacter(text), let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "env" where Self.isVariableName(rest): self = .environment(rest)
        case "file" where !rest.isEmpty && rest.utf8.count <= Self.pathBytesMax: self = .file(rest)
        case "credential" where Self.isCredentialName(rest): self = .credential(rest)
        default: return nil
        }
    }

    private static func isVariableName(_ name: String) -> Bool {
        guard let first = name.utf8.first, name.utf8.count <= nameBytesMax else { return false }
        return !(0x30...0x39).contains(first) && name.utf8.allSatisfy(isWordByte)
    }

    /// systemd takes file names as credential names.
    private static func isCredentialName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= nameBytesMax && name != "." && name != ".."
            && !name.utf8.contains(UInt8(ascii: "/"))
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
        default: false
        }
    }
}

extension ValueParser<SecretReference> {
    /// A reference; a wrong one is not repeated, because it may be the secret itself.
    static let secretReference = ValueParser { text throws(ValueProblem) in
        guard let reference = SecretReference(text) else {
            throw ValueProblem(
                "not a reference to a secret: write env:NAME, file:/path or credential:NAME, "
                    + "never the secret itself"
            )
        }
        return reference
    }
}
