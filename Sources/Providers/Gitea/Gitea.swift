/// Gitea and its family, Forgejo and Gogs: forges that send the same webhooks in three dialects.
package struct Gitea: Provider {
    /// Which of the family it is.
    let dialect: Dialect

    /// A member of the family; the raw value is its name in the configuration.
    package enum Dialect: String, CaseIterable, Sendable {
        /// Forgejo, which began as a copy of Gitea.
        case forgejo
        /// Gitea, which began as a copy of Gogs.
        case gitea
        /// Gogs.
        case gogs
    }

    /// Makes the provider for one member of the family.
    package init(_ dialect: Dialect) { self.dialect = dialect }

    /// `forgejo`, `gitea` or `gogs`.
    package var name: String { dialect.rawValue }

    /// Delivery, event and event type, in the forge's own headers and those that it sends for compatibility;
    /// and whose hook it is, which newer versions of Gitea tell.
    package var keptHeaders: [String] {
        let names = dialect.headerPrefixes.flatMap { prefix in
            [Self.deliverySuffix, Self.eventSuffix, Self.eventTypeSuffix].map { (prefix + $0).lowercased() }
        }
        return dialect == .gogs ? names : names + ["x-gitea-hook-installation-target-type"]
    }
}

extension Gitea.Dialect {
    /// How the names of the headers begin: the forge's own first, then those of the forges it descends from.
    var headerPrefixes: [String] {
        switch self {
        case .forgejo: ["X-Forgejo-", "X-Gitea-", "X-Gogs-"]
        case .gitea: ["X-Gitea-", "X-Gogs-"]
        case .gogs: ["X-Gogs-"]
        }
    }

    /// How the names of the forge's own headers begin.
    var headerPrefix: String { headerPrefixes[0] }
}
