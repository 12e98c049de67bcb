/// A glob as steps over the characters of a text.
///
/// The set of steps that may come next is walked character by character: there is no backtracking, so no
/// pattern takes longer than its length times that of the text.
struct Glob: Hashable, Sendable {
    /// The steps, in order.
    private(set) var steps: [Step] = []

    /// What one step stands for.
    enum Step: Hashable, Sendable {
        /// This character.
        case one(Unicode.Scalar)
        /// Any character.
        case any
        /// Any character but `/`.
        case anyInPart
        /// Any number of characters.
        case many
        /// Any number of characters but `/`.
        case manyInPart
    }

    /// Adds a step; a star next to a star is only one.
    mutating func append(_ step: Step) {
        if step == .many, let last = steps.last, last == .many || last == .manyInPart { steps.removeLast() }
        if step == .manyInPart, steps.last == .many { return }
        steps.append(step)
    }

    /// Whether the glob covers a whole text.
    func matches(_ text: some Sequence<Unicode.Scalar>) -> Bool {
        var here = StepSet(count: steps.count + 1)
        var next = here
        reach(0, in: &here)
        for scalar in text {
            if here.range.isEmpty { return false }
            // Behind a star at the end, the rest may be anything.
            if steps.last == .many, here.contains(steps.count) { return true }
            for index in here.range where index < steps.count && here.contains(index) {
                advance(from: index, over: scalar, into: &next)
            }
            here.removeAll()
            swap(&here, &next)
        }
        return here.contains(steps.count)
    }

    private func advance(from index: Int, over scalar: Unicode.Scalar, into next: inout StepSet) {
        switch steps[index] {
        case .one(scalar), .any: reach(index + 1, in: &next)
        case .anyInPart where scalar != "/": reach(index + 1, in: &next)
        case .many: reach(index, in: &next)
        case .manyInPart where scalar != "/": reach(index, in: &next)
        default: break
        }
    }

    /// Marks a step, and those behind it that may stand for nothing.
    private func reach(_ index: Int, in set: inout StepSet) {
        var index = index
        set.insert(index)
        while index < steps.count, steps[index] == .many || steps[index] == .manyInPart {
            index += 1
            set.insert(index)
        }
    }
}

/// Indices of steps; what is walked is only the range between the first and the last.
private struct StepSet {
    private(set) var range = 0..<0
    private var members: [Bool]

    init(count: Int) {
        members = [Bool](repeating: false, count: count)
    }

    func contains(_ index: Int) -> Bool { members[index] }

    mutating func insert(_ index: Int) {
        members[index] = true
        let other = index..<index + 1
        range = range.isEmpty ? other : min(range.lowerBound, index)..<max(range.upperBound, index + 1)
    }

    mutating func removeAll() {
        for index in range { members[index] = false }
        range = 0..<0
    }
}
