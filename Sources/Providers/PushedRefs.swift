import Events

extension MappingContext {
    /// How many refs one push tells; people push a few, and mirrors thousands.
    static let refCountMax = 10_000

    /// A push of several refs; that it had more than are told is reported.
    ///
    /// - Parameters:
    ///   - changes: What the forge says of each ref.
    ///   - ref: Reads one; nil for what names no ref, which is reported.
    /// - Returns: The refs in their order; none where there is none.
    mutating func pushedRefs(_ changes: [JSONValue], _ ref: (JSONValue) -> PushedRef?) -> [PushedRef] {
        var refs: [PushedRef] = []
        for change in changes.prefix(Self.refCountMax) {
            if let ref = ref(change) {
                refs.append(ref)
            } else {
                report("the \(eventName ?? "push") event has a change without a ref")
            }
        }
        if changes.count > Self.refCountMax {
            report("it has \(changes.count) refs, of which the first \(Self.refCountMax) are told")
        }
        return refs
    }
}
