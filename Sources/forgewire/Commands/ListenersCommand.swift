import ArgumentParser
import Daemon
import Events
import Outbox

/// `forgewire listeners`: lists the listeners with their backlog.
struct ListenersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listeners",
        abstract: "Lists the listeners with their backlog.",
        discussion: """
            A paused listener is told with who paused it and since when: an operator, the breaker as it only \
            failed, or the endpoint itself by answering 410. One whose endpoint asked for time, by \
            Retry-After with 429 or 503, gets nothing before HELD UNTIL; `forgewire resume` ends that, too.
            """
    )

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Print one JSON object a line.")
    var json = false

    func run() async throws {
        let now = MachineClock.system.now()
        let listeners = try options.openOutbox().listeners()
        if json {
            for listener in listeners { StandardOutput.write(json: listener.json(now: now)) }
            return
        }
        var table = Table([
            "NAME", "KINDS", "STATE", "HELD UNTIL", "PENDING", "DEAD", "OLDEST PENDING", "PAUSED SINCE",
            "PAUSED BY", "WHY",
        ])
        for listener in listeners {
            let age = listener.oldestPendingSeconds(now: now).map { "\($0) s" }
            let kinds = listener.kinds.count == EventKind.allCases.count ? ["*"] : listener.kinds
            table.add([
                listener.name, kinds.joined(separator: " "),
                listener.stateText, listener.heldUntil(now: now)?.description,
                "\(listener.pending)", "\(listener.dead)", age,
                listener.pause?.since.description, listener.pause?.origin.rawValue, listener.pause?.reason,
            ])
        }
        for line in table.lines { StandardOutput.write(line) }
    }
}

extension ListenerBacklog {
    fileprivate var stateText: String { isRegistered ? state : "\(state) (not in the configuration)" }

    /// The end of its hold, if that is still to come.
    fileprivate func heldUntil(now: Timestamp) -> Timestamp? { heldUntil.flatMap { $0 > now ? $0 : nil } }

    fileprivate func oldestPendingSeconds(now: Timestamp) -> Int64? {
        oldestPendingAt.map { max(0, now.milliseconds - $0.milliseconds) / 1000 }
    }

    fileprivate func json(now: Timestamp) -> String {
        var json = JSONWriter()
        json.object {
            $0.field("name", name)
            $0.field("kinds", kinds)
            $0.field("state", state)
            $0.field("heldUntil", heldUntil(now: now)?.description)
            $0.field("pending", pending)
            $0.field("dead", dead)
            $0.field("oldestPendingSeconds", oldestPendingSeconds(now: now))
            $0.field("registered", isRegistered)
        }
        return json.text
    }
}
