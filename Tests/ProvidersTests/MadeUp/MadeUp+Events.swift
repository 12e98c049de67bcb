import Events
import Providers

extension MadeUp {
    func events(from body: JSONValue, context: inout MappingContext) -> [any Event] {
        guard context.eventName == "proposal", let event = proposal(body, &context) else {
            let action = context.shortText(body["verb"].string, "action")
            return [UnknownEvent(envelope: context.envelope(.unknown), action: action)]
        }
        return [event]
    }

    private func proposal(_ body: JSONValue, _ context: inout MappingContext) -> (any Event)? {
        guard let object = context.object("proposal", of: body),
            let number = context.number(of: object, "proposal"),
            let action = context.shortText(body["verb"].string, "action")
        else { return nil }
        var pullRequest = PullRequest(number: number)
        pullRequest.title = object["title"].text
        let repository = Repository(
            id: nil,
            fullName: context.shortText(body["project"].string, "repository"),
            isPrivate: nil,
            url: nil
        )
        return PullRequestEvent(
            envelope: context.envelope(
                .pullRequest,
                subject: "pull_request/\(number)",
                repository: repository
            ),
            action: PullRequestAction(rawValue: action),
            pullRequest: pullRequest
        )
    }
}
