import Events

extension GitLab {
    /// The project that received the event.
    ///
    /// Most bodies have a `project`; job hooks and old versions have parts of it in `repository`, merge
    /// requests in `target`, and system hooks about projects in the body itself.
    func repository(of body: JSONValue, _ context: inout MappingContext) -> Repository? {
        let object = body["object_attributes"]
        let places = [body["project"], object["target"], body["repository"]]
        let ids = [
            body["project"]["id"], body["project_id"], object["target"]["id"], object["target_project_id"],
            object["project_id"],
        ]
        let id = ids.first { $0.hasText || $0.int64 != nil } ?? .missing
        let repository = Repository(
            id: context.identifier(id, "repository id"),
            fullName: context.shortText(Self.fullName(of: body, places), "repository"),
            isPrivate: Self.isPrivate(body, places, context.eventName),
            url: places.lazy.compactMap { $0["web_url"].text ?? $0["homepage"].text }.first
        )
        let isNone =
            repository.id == nil && repository.fullName == nil && repository.isPrivate == nil
            && repository.url == nil
        return isNone ? nil : repository
    }

    /// The full name of a project, in its own words or as its addresses show it; `project_name` is for the
    /// eye and has spaces in it.
    static func fullName(of project: JSONValue) -> String? {
        project["path_with_namespace"].text ?? addressedName(of: project)
    }

    private static func fullName(of body: JSONValue, _ places: [JSONValue]) -> String? {
        places.lazy.compactMap { $0["path_with_namespace"].text }.first
            ?? body["path_with_namespace"].text ?? body["project_path_with_namespace"].text
            ?? places.lazy.compactMap(addressedName).first
    }

    private static let addresses = [
        "web_url", "homepage", "git_http_url", "http_url", "url", "git_ssh_url", "ssh_url",
    ]

    private static func addressedName(of project: JSONValue) -> String? {
        addresses.lazy.compactMap { project[$0].address.flatMap(fullName(inAddress:)) }.first
    }

    /// The path of `https://host/group/app.git`, `ssh://git@host:22/group/app.git` and
    /// `git@host:group/app.git`; nil for what has no group and project in it.
    static func fullName(inAddress address: String) -> String? {
        let path =
            if let scheme = address.firstRange(of: "://") {
                address[scheme.upperBound...].drop { $0 != "/" }
            } else {
                address.drop { $0 != ":" }.dropFirst()
            }
        var parts = path.split(separator: "/")
        guard let last = parts.popLast(), !parts.isEmpty else { return nil }
        let name = last.hasSuffix(".git") ? last.dropLast(4) : last
        return name.isEmpty ? nil : (parts + [name]).joined(separator: "/")
    }

    /// What only some may read in a project counts as private, whatever the project is.
    private static func isPrivate(_ body: JSONValue, _ places: [JSONValue], _ event: String?) -> Bool? {
        let object = body["object_attributes"]
        let isConfidential =
            body["event_type"].word?.hasPrefix("confidential_") == true
            || event?.hasPrefix("Confidential ") == true || object["internal"].bool == true
            || object["confidential"].bool == true
        if isConfidential { return true }
        if let level = places.lazy.compactMap({ $0["visibility_level"].int64 }).first {
            return level != publicLevel
        }
        let word = body["project"]["visibility"].word ?? body["project_visibility"].word
        // Some versions write `visibilitylevel|public`.
        return word.map { $0 != "public" && !$0.hasSuffix("|public") }
    }

    /// 0 is private, 10 internal.
    private static let publicLevel: Int64 = 20
}
