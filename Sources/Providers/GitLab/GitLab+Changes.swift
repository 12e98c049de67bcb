import Events

extension GitLab {
    /// The events of an update: one for each change that has a neutral event, in this order.
    func changes(of mergeRequest: MergeRequest, _ context: inout MappingContext) -> [any Event] {
        var events = pushed(mergeRequest)
        events += drafted(mergeRequest)
        events += reviewersChanged(mergeRequest, &context)
        events += assigneesChanged(mergeRequest, &context)
        events += labelsChanged(mergeRequest)
        events += milestoneChanged(mergeRequest)
        events += switched("discussion_locked", mergeRequest, on: .locked, off: .unlocked)
        events += switched(
            "merge_when_pipeline_succeeds",
            mergeRequest,
            on: .autoMergeEnabled,
            off: .autoMergeDisabled
        )
        events += edited(mergeRequest)
        // Old servers send no changes at all: then something was edited, and what is not said.
        guard events.isEmpty, !mergeRequest.body["changes"].exists,
            mergeRequest.object["action"].word == "update"
        else { return events }
        return [mergeRequest.event(.edited) { $0.ambiguous = true }]
    }

    /// The old head stands beside the changes, not among them.
    private func pushed(_ mergeRequest: MergeRequest) -> [any Event] {
        guard let before = mergeRequest.object["oldrev"].commitHash else { return [] }
        return [
            mergeRequest.event(.synchronize) {
                $0.before = before
                $0.after = $0.head.sha
            }
        ]
    }

    /// Older servers tell a draft by another name, or by the title alone.
    private func drafted(_ mergeRequest: MergeRequest) -> [any Event] {
        let changes = mergeRequest.body["changes"]
        for name in ["draft", "work_in_progress"] where changes[name].isObject {
            return switched(name, mergeRequest, on: .convertedToDraft, off: .readyForReview)
        }
        guard let previous = changes["title"]["previous"].text,
            let current = changes["title"]["current"].text,
            Self.isDraft(previous) != Self.isDraft(current)
        else { return [] }
        return [mergeRequest.event(Self.isDraft(current) ? .convertedToDraft : .readyForReview)]
    }

    private static let draftPrefixes = ["draft:", "[draft]", "(draft)", "draft - ", "wip:", "[wip]"]

    private static func isDraft(_ title: String) -> Bool {
        DraftTitle(title, marks: draftPrefixes).isDraft
    }

    private func labelsChanged(_ mergeRequest: MergeRequest) -> [any Event] {
        let change = Self.change("labels", mergeRequest.body)
        func events(_ labels: [JSONValue], _ action: PullRequestAction) -> [any Event] {
            labels.map { label in
                mergeRequest.event(action) { $0.label = label["title"].text ?? label["name"].text }
            }
        }
        return events(change.added, .labeled) + events(change.removed, .unlabeled)
    }

    /// Bodies have the milestone's id only.
    private func milestoneChanged(_ mergeRequest: MergeRequest) -> [any Event] {
        let change = mergeRequest.body["changes"]["milestone_id"]
        let (previous, current) = (change["previous"].int64, change["current"].int64)
        guard change.isObject, previous != current else { return [] }
        var events: [any Event] = []
        if previous != nil { events.append(mergeRequest.event(.demilestoned)) }
        if current != nil { events.append(mergeRequest.event(.milestoned)) }
        return events
    }

    private func assigneesChanged(
        _ mergeRequest: MergeRequest,
        _ context: inout MappingContext
    ) -> [any Event] {
        let (added, removed) = assignees(mergeRequest.body, &context)
        func events(_ people: [User], _ action: PullRequestAction) -> [any Event] {
            people.map { person in mergeRequest.event(action) { $0.assignee = person } }
        }
        return events(added, .assigned) + events(removed, .unassigned)
    }

    /// Old servers knew one assignee alone, and told its account or its id.
    private func assignees(
        _ body: JSONValue,
        _ context: inout MappingContext
    ) -> (added: [User], removed: [User]) {
        let changes = body["changes"]
        if changes["assignees"].isObject || changes["assignee"].isObject {
            let change = Self.change(changes["assignees"].isObject ? "assignees" : "assignee", body)
            return (
                change.added.compactMap { user($0, &context) },
                change.removed.compactMap { user($0, &context) }
            )
        }
        let (previous, current) = (changes["assignee_id"]["previous"], changes["assignee_id"]["current"])
        guard previous.int64 != current.int64 else { return ([], []) }
        let (added, removed) = (account(current, in: body, &context), account(previous, in: body, &context))
        return ([added].compactMap(\.self), [removed].compactMap(\.self))
    }

    private func edited(_ mergeRequest: MergeRequest) -> [any Event] {
        let changes = mergeRequest.body["changes"]
        let (title, description, base) = (
            changes["title"], changes["description"], changes["target_branch"]
        )
        guard title.isObject || description.isObject || base.isObject else { return [] }
        return [
            mergeRequest.event(.edited) {
                $0.previous = PullRequest.Previous(
                    title: title["previous"].text,
                    description: description["previous"].text,
                    baseRef: base["previous"].text
                )
            }
        ]
    }

    /// A value that was never set is off.
    private func switched(
        _ name: String,
        _ mergeRequest: MergeRequest,
        on: PullRequestAction,
        off: PullRequestAction
    ) -> [any Event] {
        let change = mergeRequest.body["changes"][name]
        let (previous, current) = (change["previous"].bool ?? false, change["current"].bool ?? false)
        return previous == current ? [] : [mergeRequest.event(current ? on : off)]
    }

    /// A member of `changes` whose sides are lists, or one object each.
    struct ListChange {
        /// What was there.
        let previous: [JSONValue]
        /// What is there.
        let current: [JSONValue]

        /// What is new.
        var added: [JSONValue] { current.without(previous) }
        /// What is gone.
        var removed: [JSONValue] { previous.without(current) }
    }

    /// What changed in a list.
    static func change(_ name: String, _ body: JSONValue) -> ListChange {
        func list(_ side: JSONValue) -> [JSONValue] { side.array ?? (side.isObject ? [side] : []) }
        let change = body["changes"][name]
        return ListChange(previous: list(change["previous"]), current: list(change["current"]))
    }
}

extension [JSONValue] {
    /// Those that the other list has not, by their ids, or by their names where servers send no ids; no more
    /// than it takes for one event too many.
    fileprivate func without(_ other: [JSONValue]) -> [JSONValue] {
        let keys = Set(other.compactMap(\.listKey))
        let rest = lazy.filter { element in element.listKey.map { !keys.contains($0) } ?? false }
        return Array(rest.prefix(Source.eventCountMax + 1))
    }
}

extension JSONValue {
    /// What tells the elements of a list apart; nil for what is no account or label.
    var listKey: [UInt8]? {
        let text = self["id"].int64.map(String.init) ?? self["username"].text ?? self["title"].text
        return text.map { Array($0.utf8) }
    }
}
