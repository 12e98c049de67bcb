import Events
import Foundation
import TestKit
import Testing

@Suite("Events and their JSON")
struct EventRoundTripTests {
    @Test("An event with every field set reads back as the same text", arguments: EventKind.allCases)
    func populatedEventReadsBack(kind: EventKind) throws {
        try expectSameText(EventFactory.populated(kind))
    }

    @Test("An event with no field set reads back as the same text", arguments: EventKind.allCases)
    func bareEventReadsBack(kind: EventKind) throws {
        try expectSameText(EventFactory.bare(kind))
    }

    @Test("The values of every kind survive the text, not only the text itself")
    func valuesSurvive() throws {
        let run = try #require(EventFactory.populated(.checkRun) as? CheckRunEvent)
        #expect(try reread(run).checkRun == run.checkRun)
        let suite = try #require(EventFactory.populated(.checkSuite) as? CheckSuiteEvent)
        #expect(try reread(suite).checkSuite == suite.checkSuite)
        let comment = try #require(EventFactory.populated(.comment) as? CommentEvent)
        #expect(try reread(comment).comment == comment.comment)
        let pullRequest = try #require(EventFactory.populated(.pullRequest) as? PullRequestEvent)
        #expect(try reread(pullRequest).pullRequest == pullRequest.pullRequest)
        let review = try #require(EventFactory.populated(.pullRequestReview) as? PullRequestReviewEvent)
        #expect(try reread(review).review == review.review)
        #expect(try reread(review).pullRequest == review.pullRequest)
        let push = try #require(EventFactory.populated(.push) as? PushEvent)
        #expect(try reread(push).push == push.push)
        let unknown = try #require(EventFactory.populated(.unknown) as? UnknownEvent)
        #expect(try reread(unknown).action == unknown.action)
        #expect(try reread(unknown).envelope == unknown.envelope)
    }

    @Test("Unknown fields are ignored, wherever they stand", arguments: EventKind.allCases)
    func unknownFieldsAreIgnored(kind: EventKind) throws {
        let event = EventFactory.populated(kind)
        let object = try JSONSerialization.jsonObject(with: Data(event.json.utf8))
        let extended = try JSONSerialization.data(withJSONObject: withUnknownFields(object))
        #expect(try decode(Array(extended), like: event).json == event.json)
    }

    @Test("A word that the model does not know keeps its spelling")
    func foreignWordsAreKept() throws {
        let text = EventFactory.populated(.checkRun).json
            .replacing(#""action":"completed""#, with: #""action":"exploded""#)
            .replacing(#""status":"completed""#, with: #""status":"haunted""#)
            .replacing(#""conclusion":"failure""#, with: #""conclusion":"éclaté""#)
        let event = try CheckRunEvent.decode(json: Array(text.utf8))
        #expect(event.action == CheckRunAction(rawValue: "exploded"))
        #expect(!event.action.isKnown)
        #expect(event.actionName == "exploded")
        #expect(event.checkRun.status.rawValue == "haunted")
        #expect(event.checkRun.conclusion?.description == "éclaté")
        #expect(event.json == text)
    }

    @Test("The actions of each kind are those of the model, once each")
    func knownActions() {
        let counts: [EventKind: Int] = [
            .checkRun: 5, .checkSuite: 4, .comment: 7, .pullRequest: 22, .pullRequestReview: 3, .push: 1,
            .unknown: 0,
        ]
        for kind in EventKind.allCases {
            #expect(Set(kind.actions).count == kind.actions.count, "\(kind)")
            #expect(kind.actions.count == counts[kind], "\(kind)")
        }
    }

    @Test(
        "An event of any kind keeps the text, also when its type is not known",
        arguments: EventKind.allCases
    )
    func anyEventKeepsText(kind: EventKind) throws {
        let original = EventFactory.populated(kind)
        let any = try AnyEvent.decode(json: Array(original.json.utf8))
        #expect(any.json == original.json)
        #expect((any as any Event).json == original.json)
        #expect(any.envelope == original.envelope)
        #expect(any.actionName == original.actionName)
    }

    @Test("An event of any kind gives its typed form, and no other")
    func anyEventGivesTypedForm() throws {
        let json = Array(EventFactory.populated(.push).json.utf8)
        let any = try AnyEvent.decode(json: json)
        #expect(try any.decoded(as: PushEvent.self).push.first.ref == "refs/heads/main")
        #expect(throws: DecodingError.self) { try any.decoded(as: CommentEvent.self) }
        #expect(throws: DecodingError.self) { try any.decoded(as: UnknownEvent.self) }
    }

    @Test("A review does not pass for a pull request, although it has one")
    func reviewIsNoPullRequest() throws {
        let json = Array(EventFactory.populated(.pullRequestReview).json.utf8)
        #expect(throws: DecodingError.self) { try PullRequestEvent.decode(json: json) }
    }

    @Test("What is not an event throws", arguments: ["", "{}", "[]", "null", #"{"id":1}"#, "{\"id\":"])
    func otherTextThrows(text: String) {
        #expect(throws: DecodingError.self) { try AnyEvent.decode(json: Array(text.utf8)) }
    }

    @Test("The outbox's id takes the first place without touching the rest", arguments: [0, 1, Int64.max])
    func idTakesFirstPlace(id: Int64) throws {
        let event = EventFactory.populated(.comment)
        let text = EventJSON(event).text(id: id)
        #expect(text.hasPrefix(#"{"id":\#(id),"schema":1,"kind":"comment","action":"created","#))
        #expect(try CommentEvent.decode(json: Array(text.utf8)).id == id)
        #expect(Array(text.utf8) == EventJSON(event).bytes(id: id))
    }

    @Test(
        "An event as the outbox has it is what its stored text reads as",
        arguments: EventFactory.populated + EventFactory.bare
    )
    func storedIsDecoded(event: any Event) throws {
        for id in [1, Int64.max] {
            let stored = event.stored(as: id)
            let decoded = try decode(EventJSON(event).bytes(id: id), like: event)
            #expect(String(reflecting: stored) == String(reflecting: decoded))
            #expect(stored.id == id && stored.json == decoded.json)
        }
    }

    @Test("An event of any kind is the same, made from the typed event or from its text")
    func anyEventIsDecoded() throws {
        for event in EventFactory.populated + EventFactory.bare {
            let json = EventJSON(event).bytes(id: 15)
            let decoded = try AnyEvent.decode(json: json)
            #expect(
                String(reflecting: AnyEvent(event.stored(as: 15), json: json)) == String(reflecting: decoded)
            )
            #expect(
                String(reflecting: try AnyEvent.decode(json: Array(event.json.utf8)).stored(as: 15))
                    == String(reflecting: decoded)
            )
        }
    }

    private func expectSameText(_ event: any Event) throws {
        let again = try decode(Array(event.json.utf8), like: event)
        #expect(again.json == event.json)
        #expect(again.envelope == event.envelope)
    }

    private func reread<Kind: Event>(_ event: Kind) throws -> Kind {
        try Kind.decode(json: Array(event.json.utf8))
    }

    private func decode(_ json: [UInt8], like event: any Event) throws -> any Event {
        try type(of: event).decode(json: json)
    }

    /// Adds a field that no version has to every object, at every depth.
    private func withUnknownFields(_ value: Any) -> Any {
        if let values = value as? [Any] { return values.map(withUnknownFields) }
        guard let fields = value as? [String: Any] else { return value }
        var extended = fields.mapValues(withUnknownFields)
        extended["addedIn2031"] = ["nested": [1, true]]
        return extended
    }
}
