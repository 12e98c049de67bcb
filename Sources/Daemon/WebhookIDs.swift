import Dispatcher
import Events
import FoundationEssentials
import Signatures

/// Makes the `webhook-id` that an endpoint tells repetitions by: the same over all attempts, redrives,
/// replays and adoptions of a dispatch, and another one for every other dispatch of any outbox.
///
/// The outbox's own id and the event's are not enough: a file that was copied, or restored from a backup, has
/// the same and goes on to count where the other one does. So something of the delivery is in it.
struct WebhookIDs: Sendable {
    /// The id of the outbox, 32 hexadecimal digits.
    let outboxID: String
    /// The newest event whose dispatches have an id of the outbox and the event alone, as they had in earlier
    /// versions.
    let plainUntil: Int64

    /// Bytes of a digest that are shown: as many as an outbox's id has.
    private static let digestBytes = 16

    /// What the event JSON has of the delivery, and the dispatch has not; mapping it anew changes neither.
    private struct Origin: Decodable {
        var source: String?
        var deliveryId: String?
    }

    /// The id of a dispatch, without a dot.
    func id(_ dispatch: ClaimedDispatch) -> String {
        let outbox = dispatch.event <= plainUntil ? outboxID : digest(dispatch)
        return "msg_\(outbox)_\(dispatch.event)_\(dispatch.origin)"
    }

    /// Tells the dispatch's delivery from what has the same event id in a copy of the outbox.
    private func digest(_ dispatch: ClaimedDispatch) -> String {
        // A row of another schema may lack the fields; then the time of receipt tells copies apart.
        let origin = try? JSONDecoder().decode(Origin.self, from: Data(dispatch.json))
        let parts = [
            outboxID, origin?.source ?? "", origin?.deliveryId ?? "", "\(dispatch.receivedAt.milliseconds)",
        ]
        // Each part by its digest, so that none runs into the next.
        let digest = SHA256.digest(of: parts.flatMap { SHA256.digest(of: Array($0.utf8)) })
        return Hexadecimal.encode(Array(digest.prefix(Self.digestBytes)))
    }
}
