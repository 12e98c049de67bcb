/// The messages of a push's commits by their hashes, each of which is given away once.
///
/// A push of very many refs to one commit must neither be compared with all commits for each, nor repeat a
/// long message as often.
struct CommitMessages {
    private var messages: [String: String] = [:]

    /// Reads a list of commits.
    ///
    /// - Parameters:
    ///   - commits: An array of objects; anything else has no messages.
    ///   - hash: The name of the member with a commit's hash.
    ///   - message: The name of the member with its message.
    init(_ commits: [JSONValue], hash: String, message: String) {
        for commit in commits {
            if let hash = commit[hash].word { messages[hash] = commit[message].text }
        }
    }

    /// The message of the commit that a ref is at, for the first ref that asks.
    mutating func take(_ hash: String?) -> String? {
        guard let hash, hash.utf8.count <= ShortText.byteCountMax else { return nil }
        return messages.removeValue(forKey: hash)
    }
}
