extension Configuration {
    /// The whole configuration as YAML, with every default filled in.
    ///
    /// Reading it again gives the same values. It holds references to secrets, never secrets: what the file
    /// gives in place of a reference for a header or a variable is only said to be set.
    package var effectiveDescription: String {
        var yaml = YAMLWriter()
        yaml.section("ingest") { ingest.write(to: &$0) }
        yaml.section("admin") { $0.text("listen", admin.listen.description) }
        yaml.section("outbox") { outbox.write(to: &$0) }
        yaml.section("dispatcher") { dispatcher.write(to: &$0) }
        yaml.section("daemon") { $0.plain("coreDumps", daemon.coreDumps) }
        yaml.sections("sources", sources.map { source in (source.name, source.write) })
        yaml.sections("listeners", listeners.map { listener in (listener.name, listener.write) })
        return yaml.text
    }
}

extension IngestConfiguration {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.list("listen", listen)
        yaml.list("trustedProxies", trustedProxies)
        yaml.plain("forwardedHeader", forwardedHeader.rawValue)
        yaml.plain("maxBodyBytes", ByteSize.text(maxBodyBytes))
        yaml.section("limits") {
            $0.plain("headerBytes", ByteSize.text(limits.headerBytes))
            $0.plain("headerTimeout", limits.headerTimeout.settingText)
            $0.plain("bodyTimeout", limits.bodyTimeout.settingText)
            $0.plain("idleTimeout", limits.idleTimeout.settingText)
            $0.plain("bodyMinRate", ByteSize.text(limits.bodyMinRate))
            $0.plain("connections", limits.connections)
            $0.plain("connectionsPerAddress", limits.connectionsPerAddress)
            $0.plain("inFlightBytes", ByteSize.text(limits.inFlightBytes))
        }
    }
}

extension OutboxConfiguration {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.text("path", path)
        yaml.plain("lockWait", lockWait.settingText)
        yaml.section("retention") {
            $0.plain("delivered", retention.delivered.settingText)
            $0.plain("dead", retention.dead.settingText)
        }
    }
}

extension DispatcherConfiguration {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.plain("threads", threads)
        yaml.plain("extraThreads", extraThreads)
        yaml.plain("drain", drain.settingText)
        yaml.section("defaults") { defaults.write(to: &$0) }
    }
}

extension DispatchPolicy {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.plain("timeout", timeout.settingText)
        yaml.plain("concurrency", concurrency)
        yaml.plain("ordering", ordering.rawValue)
        yaml.plain("hold", hold.settingText)
        yaml.section("retry") {
            $0.plain("maxAttempts", retry.maxAttempts)
            $0.plain("initial", retry.initial.settingText)
            $0.plain("factor", decimalText(retry.factor))
            $0.plain("max", retry.max.settingText)
        }
        yaml.section("breaker") {
            $0.plain("failures", breaker.failures)
            $0.plain("for", breaker.period.settingText)
            $0.plain("probe", breaker.probe.settingText)
        }
    }
}

extension SourceConfiguration {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.plain("provider", provider)
        yaml.list("secrets", secrets)
        yaml.plain("tolerance", tolerance.settingText)
        yaml.plain("requireSignature", requireSignature)
        yaml.plain("allowUnsigned", allowUnsigned)
    }
}

extension ListenerConfiguration {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.plain("enabled", enabled)
        yaml.list("on", filter.on)
        yaml.list("repositories", filter.repositories)
        yaml.list("sources", filter.sources)
        filter.writeConditions(to: &yaml)
        yaml.plain("percent", filter.percent)
        switch target {
        case .swift: break
        case let .command(command):
            command.write(to: &yaml)
            yaml.plain("payload", payload)
        case let .endpoint(endpoint):
            endpoint.write(to: &yaml)
            yaml.plain("payload", payload)
        }
        policy.write(to: &yaml)
    }
}

extension EventFilter {
    fileprivate func writeConditions(to yaml: inout YAMLWriter) {
        guard !conditions.isEmpty else { return yaml.plain("where", "{}") }
        yaml.section("where") { yaml in
            for condition in conditions { condition.write(to: &yaml) }
        }
    }
}

extension FieldCondition {
    fileprivate func write(to yaml: inout YAMLWriter) {
        let items = alternatives.map(\.yaml).joined(separator: ", ")
        yaml.plain(path.description, hasGlobs ? "{ glob: [\(items)] }" : "[\(items)]")
    }

    private var hasGlobs: Bool {
        alternatives.contains { if case .glob = $0 { true } else { false } }
    }
}

extension FieldCondition.Alternative {
    fileprivate var yaml: String {
        switch self {
        case .absent: "null"
        case let .text(text): QuotedText.yaml(text)
        case let .glob(pattern): QuotedText.yaml(pattern.description)
        }
    }
}

extension CommandConfiguration {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.list("command", words)
        yaml.text("workingDirectory", workingDirectory)
        yaml.texts("environment", environment.map { ($0.name, $0.value.description) })
    }
}

extension EndpointConfiguration {
    fileprivate func write(to yaml: inout YAMLWriter) {
        yaml.text("url", url)
        yaml.list("signingSecrets", signingSecrets)
        yaml.texts("headers", headers.map { ($0.name, $0.value.description) })
        yaml.text("caFile", caFile)
        yaml.list("allowAddresses", allowAddresses)
        yaml.plain("rateLimit", rateLimit?.description ?? "null")
    }
}
