import Outbox

extension OutboxAdministration {
    func redrive(_ request: RedriveRequest) async throws(AdministrationError) -> RedriveRequest.Report {
        try await inTurn { () async throws(AdministrationError) in
            if let event = request.event { try await self.checkEvent(event) }
            if let listener = request.listener { _ = try await self.enabled(listener) }
            let found = try await self.read { () async throws(OutboxError) in
                try await self.reader.listenersWithDead(event: request.event)
            }
            var report = RedriveRequest.Report()
            for listener in found where request.listener ?? listener == listener {
                try await self.redrive(listener, request, &report)
            }
            return report
        }
    }

    private func redrive(
        _ listener: String,
        _ request: RedriveRequest,
        _ report: inout RedriveRequest.Report
    ) async throws(AdministrationError) {
        let entry = listeners.entry(listener).flatMap { $0.isEnabled ? $0 : nil }
        if entry != nil, !request.dryRun { try await remember(listener) }
        let takes: @Sendable (AdministeredEvent) -> Bool = { entry?.takes($0) ?? true }
        // What it did before it failed may run all the same.
        defer { if entry != nil, !request.dryRun { hooks.committed([listener]) } }
        let counts = try await read { () async throws(OutboxError) in
            try await self.work.redrive(
                listener: listener,
                event: request.event,
                isDryRun: request.dryRun || entry == nil,
                takes: takes
            )
        }
        guard entry != nil else { return report.unconfigured += counts.redriven }
        report.redriven += counts.redriven
        report.filtered += counts.filtered
    }

    func discard(_ request: DiscardRequest) async throws(AdministrationError) -> DiscardRequest.Report {
        try await inTurn { () async throws(AdministrationError) in
            if let event = request.event { try await self.checkEvent(event) }
            try await self.checkKnown(request.listener)
            // Its lanes go on.
            defer { if !request.dryRun { self.hooks.committed([request.listener]) } }
            let counts = try await self.read { () async throws(OutboxError) in
                try await self.work.discard(
                    listener: request.listener,
                    event: request.event,
                    isDryRun: request.dryRun
                )
            }
            return DiscardRequest.Report(discarded: counts.discarded, running: counts.running)
        }
    }

    func replay(_ request: ReplayRequest) async throws(AdministrationError) -> ReplayRequest.Report {
        try await inTurn { () async throws(AdministrationError) in
            let entry = try await self.enabled(request.listener)
            if !request.dryRun { try await self.remember(request.listener) }
            defer { if !request.dryRun { self.hooks.committed([request.listener]) } }
            let selection = EventSelection(
                kind: request.kind,
                repository: request.repository,
                since: request.since,
                until: request.until
            )
            let counts = try await self.read { () async throws(OutboxError) in
                try await self.work.replay(
                    selection,
                    listener: request.listener,
                    remapping: request.retype ? self.remapper.map : nil,
                    isDryRun: request.dryRun,
                    takes: entry.takes
                )
            }
            return ReplayRequest.Report(counts)
        }
    }

    func adopt(_ request: AdoptRequest) async throws(AdministrationError) -> AdoptRequest.Report {
        try await inTurn { () async throws(AdministrationError) in
            guard self.listeners.entry(request.from)?.isEnabled != true else {
                throw AdministrationError(
                    .wrongListener,
                    "\"\(request.from)\" is an enabled listener of the configuration: "
                        + "take it out before another one adopts its dispatches"
                )
            }
            try await self.checkKnown(request.from)
            _ = try await self.enabled(request.to)
            if !request.dryRun { try await self.remember(request.to) }
            defer { if !request.dryRun { self.hooks.committed([request.to]) } }
            let counts = try await self.read { () async throws(OutboxError) in
                try await self.work.adopt(
                    listener: request.from,
                    by: request.to,
                    isDryRun: request.dryRun
                )
            }
            return AdoptRequest.Report(
                adopted: counts.adopted,
                left: counts.left,
                running: counts.running
            )
        }
    }

    /// Does an operation when those before it are done, unless the process is about to end by then.
    private func inTurn<Value>(
        _ operation: () async throws(AdministrationError) -> Value
    ) async throws(AdministrationError) -> Value {
        try await turns.take { () async throws(AdministrationError) in
            try self.checkStopping()
            return try await operation()
        }
    }

    /// Translates what the outbox throws.
    private func read<Value>(
        _ operation: () async throws(OutboxError) -> Value
    ) async throws(AdministrationError) -> Value {
        do {
            return try await operation()
        } catch {
            throw AdministrationError(error)
        }
    }

    private func checkEvent(_ event: Int64) async throws(AdministrationError) {
        let isThere = try await read { () async throws(OutboxError) in
            try await self.reader.hasEvent(event)
        }
        guard isThere else {
            throw AdministrationError(
                .unknownEvent,
                "there is no event \(event): `forgewire events` lists those that there are"
            )
        }
    }
}

extension ReplayRequest.Report {
    fileprivate init(_ counts: ReplayCounts) {
        self.init(
            made: counts.made,
            again: counts.again,
            open: counts.open,
            filtered: counts.filtered,
            retyping: counts.retyping.map { retyping in
                ReplayRequest.RetypeReport(
                    changed: retyping.changed,
                    added: retyping.added,
                    surplus: retyping.surplus,
                    unreadable: retyping.unreadable,
                    changes: retyping.changes
                )
            }
        )
    }
}
