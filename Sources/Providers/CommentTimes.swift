import Events

/// The times that forges tell of a comment, of which one is that of the event.
struct CommentTimes {
    /// When it was written.
    var created: Timestamp?
    /// When its text was changed last.
    var updated: Timestamp?
    /// When what it is on was changed last.
    var parent: Timestamp?

    /// When an action happened: a comment has times of its own for its creation and edits; for the rest its
    /// parent's last change is nearest, and all there is where a forge tells no times of comments.
    func occurredAt(_ action: CommentAction) -> Timestamp? {
        switch action {
        case .created: created ?? updated ?? parent
        case .edited: updated ?? created ?? parent
        default: [updated ?? created, parent].compactMap(\.self).max()
        }
    }
}

extension CommentTimes {
    /// The times of a forge that names them as GitHub does.
    init(_ comment: JSONValue, parent: JSONValue) {
        self.init(
            created: comment["created_at"].timestamp,
            updated: comment["updated_at"].timestamp,
            parent: parent["updated_at"].timestamp
        )
    }
}
