/// Which module may import which: the arrows, as data.
struct Architecture: Sendable {
    /// Our own modules that each target below `Sources`, and `Listeners`, may import.
    ///
    /// `Listeners` may import the listeners, too; a listener may import `ListenerKit` alone.
    let ownImports: [String: Set<String>]
    /// Libraries that are behind one of our targets, by the beginning of their modules' names.
    let reservedLibraries: [String: Set<String>]
    /// Libraries that some targets do without, by the beginning of their modules' names.
    let bannedLibraries: [String: Set<String>]

    /// This project's.
    static let project = Architecture(
        ownImports: [
            "CAllocator": [],
            "CISAL": [],
            "COpenSSL": [],
            "CProcess": [],
            "CSQLite": [],
            "Daemon": [
                "CAllocator", "Dispatcher", "Events", "Ingest", "ListenerKit", "Outbox", "Providers",
                "Settings", "Signatures", "Telemetry",
            ],
            "Dispatcher": ["CProcess", "Events", "ListenerKit"],
            "Events": [],
            "Ingest": ["Events", "Providers"],
            "ListenerKit": ["Events"],
            "Listeners": ["ListenerKit"],
            "Outbox": ["CISAL", "CSQLite", "Events"],
            "Providers": ["Events", "Signatures"],
            "Settings": ["Events"],
            "Signatures": ["COpenSSL"],
            "Telemetry": ["Events"],
            "forgewire": [
                "Daemon", "Events", "ListenerKit", "Listeners", "Outbox", "Providers", "Settings",
                "Signatures", "Telemetry",
            ],
        ],
        reservedLibraries: [
            "ArgumentParser": ["forgewire"],
            "AsyncHTTPClient": ["Dispatcher", "forgewire"],
            "GRDB": ["Outbox"],
            "Hummingbird": ["Daemon"],
            "NIO": ["Daemon", "Dispatcher", "Ingest", "forgewire"],
            "Subprocess": [],
            "Yams": ["Settings"],
        ],
        bannedLibraries: ["Foundation": ["Ingest", "Providers", "Signatures"]]
    )

    /// The module that a file belongs to; nil for tests and `Package.swift`.
    func module(of file: SourceFile) -> String? {
        if let target = file.folder(below: "Sources") { return target }
        if let listener = file.folder(below: "Listeners") { return listener }
        return file.path.hasPrefix("Listeners/") ? "Listeners" : nil
    }

    /// What a module may import of ours.
    ///
    /// - Parameters:
    ///   - module: The importing module.
    ///   - listeners: The names of the listeners' modules.
    /// - Returns: The modules' names; nil if the table has no row for the module.
    func allowedImports(of module: String, listeners: Set<String>) -> Set<String>? {
        if listeners.contains(module) { return ["ListenerKit"] }
        return module == "Listeners" ? ownImports[module]?.union(listeners) : ownImports[module]
    }
}
