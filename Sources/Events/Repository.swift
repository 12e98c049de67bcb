/// The repository that received the event: for a pull request from a fork, the base repository.
public struct Repository: Codable, Hashable, JSONWritable, Sendable {
    /// The provider's stable id, as text.
    public var id: String?
    /// Owner and name, such as `acme/app`; changes when the repository is renamed or moved.
    public var fullName: String?
    /// Whether the public cannot read it; nil where the provider does not say.
    public var isPrivate: Bool?
    /// Its web page.
    public var url: String?

    /// Makes a repository.
    public init(id: String?, fullName: String?, isPrivate: Bool?, url: String?) {
        self.id = id
        self.fullName = fullName
        self.isPrivate = isPrivate
        self.url = url
    }

    /// Writes the repository as the event JSON has it.
    public func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("fullName", fullName)
            $0.field("isPrivate", isPrivate)
            $0.field("url", url)
        }
    }
}
