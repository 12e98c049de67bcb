import FoundationEssentials

/// Picks the answers out of what a process writes on its stderr; all else is passed on as it is.
struct AnswerFilter {
    /// What is held back of a line that does not end; an answer fits into it.
    static let heldBytesMax = 4096

    /// Whether the listener was called.
    private(set) var hasStarted = false
    /// How the attempt ended, if the process said so.
    private(set) var result: IsolatedAnswer?

    private let token: [UInt8]
    private var held: [UInt8] = []

    init(token: String) {
        self.token = Array(token.utf8)
    }

    /// Takes what was read.
    ///
    /// - Parameter bytes: Some bytes, which may end in the middle of a line.
    /// - Returns: What is to be passed on now.
    mutating func receive(_ bytes: [UInt8]) -> [UInt8] {
        var passed: [UInt8] = []
        held.append(contentsOf: bytes)
        var rest = held[...]
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            passed.append(contentsOf: take(rest[...end]))
            rest = rest[(end + 1)...]
        }
        passed.append(contentsOf: rest.dropLast(Self.heldBytesMax))
        held = Array(rest.suffix(Self.heldBytesMax))
        return passed
    }

    /// Ends the stream.
    ///
    /// - Returns: The rest that is to be passed on.
    mutating func finish() -> [UInt8] {
        defer { held = [] }
        return Array(take(held[...]))
    }

    /// Takes an answer out of a line; it may stand behind text that has no line feed.
    private mutating func take(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let position = line.firstRange(of: token),
            let answer = Self.answer(line[position.upperBound...])
        else { return line }
        if answer.outcome == .started { hasStarted = true } else { result = result ?? answer }
        return line[..<position.lowerBound]
    }

    private static func answer(_ json: ArraySlice<UInt8>) -> IsolatedAnswer? {
        // What cannot be read is no answer, and is passed on for people to see.
        try? JSONDecoder().decode(IsolatedAnswer.self, from: Data(json))
    }
}
