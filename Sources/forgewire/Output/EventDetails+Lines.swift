import Events
import Outbox

extension EventDetails {
    /// The event for people: its fields, its delivery, and what became of it.
    var lines: [String] {
        var overview = Table(["EVENT", "\(event.id)"])
        overview.add(["kind", event.kind])
        overview.add(["action", event.action])
        overview.add(["repository", event.repository])
        overview.add(["subject", event.subject])
        overview.add(["received", delivery.receivedAt.description])
        overview.add(["source", "\(delivery.source) (\(delivery.provider))"])
        overview.add(["delivery", "\(delivery.id)"])
        overview.add(["delivery id", delivery.deliveryID])
        overview.add(["event name", delivery.eventName])
        overview.add(["verified by", delivery.verifiedBy])
        overview.add(["payload", "\(delivery.payloadBytes) bytes, see --payload"])
        if let problem = delivery.problem { overview.add(["problem", problem]) }
        return overview.lines + [""] + dispatchLines + attemptLines + ["", HarmlessText.escaped(event.json)]
    }

    private var dispatchLines: [String] {
        guard !dispatches.isEmpty else { return ["No listener gets this event."] }
        var table = Table(["LISTENER", "STATE", "ATTEMPTS", "NEXT ATTEMPT", "FINISHED", "REASON", "ERROR"])
        for dispatch in dispatches {
            let next = dispatch.state == "pending" ? dispatch.nextAttemptAt.description : nil
            table.add([
                dispatch.listener, dispatch.state, "\(dispatch.attempts)", next,
                dispatch.finishedAt?.description, dispatch.reason, dispatch.error,
            ])
        }
        return table.lines
    }

    private var attemptLines: [String] {
        guard !attempts.isEmpty else { return [] }
        var table = Table(["LISTENER", "ATTEMPT", "STARTED", "TOOK", "OUTCOME", "ERROR"])
        for attempt in attempts {
            table.add([
                attempt.listener, "\(attempt.attempt)", attempt.startedAt.description,
                "\(attempt.durationMilliseconds) ms", attempt.outcome, attempt.error,
            ])
        }
        return [""] + table.lines
    }
}
