/// Finds the word that was probably meant.
enum NearMiss {
    /// Longer words are not compared: the cost grows with the square of the length.
    static let lengthMax = 64

    /// The closest of the candidates, if it differs in no more than a third of the letters (but at least
    /// one).
    ///
    /// Case, `-` and `_` do not count, so `max_body_bytes` finds `maxBodyBytes`. Nil where the word itself is
    /// a candidate, or none is close.
    static func of(_ word: String, among candidates: [String]) -> String? {
        guard word.utf8.count <= lengthMax, !candidates.contains(word) else { return nil }
        let letters = folded(word)
        guard !letters.isEmpty else { return nil }
        let limit = max(1, letters.count / 3)
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate.utf8.count <= lengthMax {
            let distance = distance(letters, folded(candidate))
            if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.candidate
    }

    /// The number of insertions, deletions, replacements and swaps of neighbours between two words.
    static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let replaced = previous[column] + (left[row] == right[column] ? 0 : 1)
                var cost = min(replaced, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            (beforePrevious, previous) = (previous, current)
        }
        return previous[right.count]
    }

    private static func folded(_ word: String) -> [UInt8] {
        word.lowercased().utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }
    }
}
