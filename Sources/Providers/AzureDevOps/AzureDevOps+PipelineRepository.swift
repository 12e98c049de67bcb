import Events

extension AzureDevOps {
    /// The repository that a build has built: a build's has no project, the build has.
    func repository(ofBuild build: JSONValue, _ context: inout MappingContext) -> Repository? {
        let repository = build["repository"]
        guard repository.isObject else { return nil }
        let name = repository["name"].text
        // Those of other forges have the full name, and a visibility of which the project's says nothing.
        let isForeign = name?.utf8.contains(UInt8(ascii: "/")) == true
        let fullName = isForeign ? name : Self.fullName(project: build["project"], repository: repository)
        return Repository(
            id: context.identifier(repository["id"], "repository id"),
            fullName: context.shortText(fullName, "repository"),
            isPrivate: isForeign ? nil : Self.isPrivate(build["project"]),
            url: repository["url"].text
        )
    }

    /// The repository that a run has checked out first: its id stands in the run, its name in an address
    /// alone.
    func repository(ofRun resource: JSONValue, _ context: inout MappingContext) -> Repository? {
        let own = resource["run"]["resources"]["repositories"]["self"]["repository"]
        let address = resource["repositories"].first["url"].address
        let fullName = own["fullName"].text ?? address.flatMap(Self.fullName(ofAddress:))
        let repository = Repository(
            id: context.identifier(own["id"], "repository id"),
            fullName: context.shortText(fullName, "repository"),
            isPrivate: nil,
            url: address
        )
        return repository.id == nil && repository.fullName == nil ? nil : repository
    }

    /// The full name in the addresses of which it is known where it stands:
    /// `https://dev.azure.com/<organisation>/<project>/_git/<name>`, the older
    /// `https://<organisation>.visualstudio.com/<project>/_git/<name>`, both without the project if that has
    /// the repository's name, and `https://api.github.com/repos/<owner>/<name>`.
    static func fullName(ofAddress address: String) -> String? {
        let segments = address.split(separator: "/").map(percentDecoded)
        guard segments.count >= 3, segments[0] == "https:", !segments.contains(nil) else { return nil }
        var path = segments.dropFirst(2).compactMap(\.self)
        let host = segments[1]?.split(separator: "@").last ?? ""
        if host == "api.github.com" {
            return path.count == 3 && path[0] == "repos" ? "\(path[1])/\(path[2])" : nil
        }
        if host == "dev.azure.com" {
            path.removeFirst()
        } else if host.hasSuffix(".visualstudio.com") {
            if path[0] == "DefaultCollection" { path.removeFirst() }
        } else {
            return nil
        }
        guard let name = path.last, path.dropLast().last == "_git" else { return nil }
        return path.count == 3 ? "\(path[0])/\(name)" : path.count == 2 ? "\(name)/\(name)" : nil
    }

    /// A segment of a path, as which names with spaces are written; nil unless it is text.
    private static func percentDecoded(_ segment: Substring) -> String? {
        // A form's field is decoded in the same way, but for two characters that stand for themselves here.
        let field = segment.replacing("+", with: "%2B").replacing("&", with: "%26")
        return FormFields.value("_", in: Array("_=\(field)".utf8))
            .flatMap { String(validating: $0, as: UTF8.self) }
    }
}
