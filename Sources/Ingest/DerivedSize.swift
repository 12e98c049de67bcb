import Providers

/// How much memory is needed beside an authentic body, at most or nearly so; counted before it is taken.
struct DerivedSize: Hashable, Sendable {
    /// While it is read: its index, what events take over of it, their JSON, and the copy to be stored.
    let whileRead: Int
    /// Until it is committed: the events' JSON and the copy to be stored, for the body itself is gone then.
    let whileCommitted: Int
    /// As what it is counted.
    let use: ConnectionAccount.Use

    /// Small bodies are read one at a time by each thread, so that what only lasts meanwhile is not worth
    /// counting.
    init(of body: [UInt8]) {
        whileCommitted = body.count
        guard body.count > RequestProcessor.inlineBodyBytesMax else {
            whileRead = body.count
            use = .smallDerived
            return
        }
        use = .derived
        whileRead = 3 * body.count + JSONDocument.indexBytesMax(of: body)
    }
}
