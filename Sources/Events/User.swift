/// An account at a provider.
public struct User: Codable, Hashable, JSONWritable, Sendable {
    /// The provider's stable id, as text.
    public var id: String?
    /// The login name, which people can change.
    public var username: String?
    /// Whether the provider says that a machine uses the account.
    public var isBot: Bool

    /// Makes an account.
    public init(id: String?, username: String?, isBot: Bool = false) {
        self.id = id
        self.username = username
        self.isBot = isBot
    }

    /// Writes the account as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("username", username)
            $0.field("isBot", isBot)
        }
    }
}
