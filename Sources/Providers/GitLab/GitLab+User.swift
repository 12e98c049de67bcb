import Events

extension GitLab {
    /// An account; nil where there is none.
    ///
    /// What deleted accounts did belongs to the account `ghost`.
    func user(_ user: JSONValue, _ context: inout MappingContext) -> User? {
        account(id: user["id"], username: user["username"], &context)
    }

    /// An account of which id and name stand apart.
    func account(id: JSONValue, username: JSONValue, _ context: inout MappingContext) -> User? {
        let id = context.identifier(id, "user id")
        let username = username.text
        guard id != nil || username != nil else { return nil }
        return User(id: id, username: username, isBot: username.map(Self.isBot) ?? false)
    }

    /// The account of an id that stands alone, with its name if any account of the body has that id.
    ///
    /// - Parameters:
    ///   - id: The id, such as `author_id`.
    ///   - body: The delivery's body.
    ///   - isActor: Whether it must be who did it; old versions send that account without its id.
    ///   - context: Takes what is left out.
    /// - Returns: The account; nil where there is no id.
    func account(
        _ id: JSONValue,
        in body: JSONValue,
        isActor: Bool = false,
        _ context: inout MappingContext
    ) -> User? {
        guard let number = id.int64 else { return nil }
        if let account = Self.accounts(in: body).first(where: { $0["id"].int64 == number }) {
            return user(account, &context)
        }
        let actor = body["user"]
        let username = isActor && !actor["id"].exists ? actor["username"] : .missing
        return account(id: id, username: username, &context)
    }

    private static func accounts(in body: JSONValue) -> [JSONValue] {
        let object = body["object_attributes"]
        return [body["user"]] + (body["assignees"].array ?? []) + (body["reviewers"].array ?? [])
            + [object["assignee"], body["assignee"]]
    }

    /// Project and group access tokens act as users named `project_<id>_bot…` and `group_<id>_bot…`;
    /// GitLab has no flag for bots.
    static func isBot(_ username: String) -> Bool {
        if username.withoutPrefix("service_account_") != nil { return true }
        return ["project_", "group_"].contains { prefix in
            guard let rest = username.withoutPrefix(prefix)?.utf8 else { return false }
            let digits = rest.prefix { (0x30...0x39).contains($0) }
            return !digits.isEmpty && rest.dropFirst(digits.count).starts(with: "_bot".utf8)
        }
    }
}
