/// The listeners of this build, each under a name of its own.
public struct ListenerRegistry: Sendable {
    /// The listeners in the order of `Registry.swift`.
    public let listeners: [AnyListener]

    /// Collects the listeners that are written in the braces, one a line.
    ///
    /// - Throws: `ListenerRegistryError` for a name that is used twice or that the outbox does not take.
    public init(@ListenerBuilder _ listeners: () -> [AnyListener]) throws(ListenerRegistryError) {
        let listeners = listeners()
        var types: [String: String] = [:]
        for listener in listeners {
            guard Self.isValid(name: listener.name) else {
                throw .invalidName(listener.name, type: listener.typeName)
            }
            if let other = types.updateValue(listener.typeName, forKey: listener.name) {
                throw .duplicateName(listener.name, first: other, second: listener.typeName)
            }
        }
        self.listeners = listeners
    }

    /// The listener of that name.
    public func listener(named name: String) -> AnyListener? { listeners.first { $0.name == name } }

    /// The names that sources and listeners may have: `[a-z0-9][a-z0-9_-]{0,62}`.
    private static func isValid(name: String) -> Bool {
        let isLetterOrDigit = { (byte: UInt8) in (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
        }
        guard let first = name.utf8.first, name.utf8.count <= 63, isLetterOrDigit(first) else { return false }
        return name.utf8.allSatisfy {
            isLetterOrDigit($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
    }
}

/// Why a registry cannot be made.
public enum ListenerRegistryError: Error, Hashable, CustomStringConvertible, Sendable {
    /// Two listeners have the same name.
    case duplicateName(String, first: String, second: String)
    /// The name is not of the form that the outbox and the configuration take.
    case invalidName(String, type: String)

    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .duplicateName(let name, let first, let second):
            "Listeners/Registry.swift: \(first) and \(second) are both named \"\(name)\"; rename one of them"
        case .invalidName(let name, let type):
            "Listeners/Registry.swift: \(type) is named \"\(name)\"; a name is [a-z0-9][a-z0-9_-]{0,62}"
        }
    }
}

/// Lets `Registry.swift` name the listeners one a line.
@resultBuilder
public enum ListenerBuilder {
    /// Takes one listener.
    public static func buildExpression(_ listener: some Listener) -> [AnyListener] { [AnyListener(listener)] }

    /// Joins the lines.
    public static func buildBlock(_ listeners: [AnyListener]...) -> [AnyListener] { listeners.flatMap { $0 } }

    /// Takes the listeners of an `if`.
    public static func buildOptional(_ listeners: [AnyListener]?) -> [AnyListener] { listeners ?? [] }

    /// Takes the listeners of an `if` with `else`.
    public static func buildEither(first listeners: [AnyListener]) -> [AnyListener] { listeners }

    /// Takes the listeners of an `else`.
    public static func buildEither(second listeners: [AnyListener]) -> [AnyListener] { listeners }
}
