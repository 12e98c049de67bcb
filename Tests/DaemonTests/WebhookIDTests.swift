import Events
import Testing
import TestKit

@testable import Daemon

@Suite("Ids that endpoints tell repetitions by")
struct WebhookIDTests {
    private let ids = WebhookIDs(outboxID: "f00d", plainUntil: 10)

    @Test("One is the same for every attempt and adoption of a dispatch, and when its event is typed anew")
    func stable() {
        var dispatch = self.dispatch()
        let id = ids.id(dispatch)
        #expect(id.wholeMatch(of: /msg_[0-9a-f]{32}_15_chat/) != nil)
        (dispatch.attempt, dispatch.claim, dispatch.isOutOfOrder) = (7, 9, true)
        dispatch.listener = "renamed"
        dispatch.json = Array(
            #"{"id":15,"kind":"push","source":"github","deliveryId":"d-1","new":{"deliveryId":"x"}}"#.utf8
        )
        #expect(ids.id(dispatch) == id)
    }

    @Test("One is another for any other dispatch, also of a copy of the outbox that has come to the same id")
    func unique() {
        var adopted = dispatch()
        adopted.origin = "renamed"
        let all = [
            ids.id(dispatch()), ids.id(adopted), ids.id(dispatch(event: 16)),
            ids.id(dispatch(source: "gitlab")), ids.id(dispatch(deliveryID: "d-2")),
            ids.id(dispatch(receivedAt: Timestamp(milliseconds: 2))),
            WebhookIDs(outboxID: "beef", plainUntil: 10).id(dispatch()),
            ids.id(dispatch(source: "githu", deliveryID: "bd-1")),
        ]
        #expect(Set(all).count == all.count)
        #expect(!all.joined().contains("."))
    }

    @Test("Dispatches of events that an earlier version took keep the id that they had")
    func earlier() {
        #expect(ids.id(dispatch(event: 10)) == "msg_f00d_10_chat")
        #expect(ids.id(dispatch(event: 11)) != "msg_f00d_11_chat")
    }

    @Test("An event JSON that cannot be read has an id all the same")
    func unreadable() {
        var dispatch = self.dispatch()
        dispatch.json = Array("{".utf8)
        #expect(ids.id(dispatch) == ids.id(dispatch))
        var other = dispatch
        other.receivedAt = Timestamp(milliseconds: 2)
        #expect(ids.id(dispatch) != ids.id(other))
    }

    private func dispatch(
        event: Int64 = 15,
        source: String = "github",
        deliveryID: String = "d-1",
        receivedAt: Timestamp = Timestamp(milliseconds: 1)
    ) -> ClaimedDispatch {
        ClaimedDispatch(
            event: event,
            listener: "chat",
            attempt: 1,
            startedAt: receivedAt,
            delivery: 12,
            receivedAt: receivedAt,
            kind: "push",
            json: Array(#"{"id":\#(event),"source":"\#(source)","deliveryId":"\#(deliveryID)"}"#.utf8)
        )
    }
}
