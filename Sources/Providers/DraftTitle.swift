/// A title that marks a draft by what it begins with.
struct DraftTitle {
    /// The mark's length; zero if there is none.
    private let markByteCount: Int
    private let title: String

    /// Looks for one of some marks, which are ASCII in lower case; the title may have them in any case.
    init(_ title: String, marks: [String]) {
        self.title = title
        let mark = marks.first { mark in
            title.utf8.count >= mark.utf8.count
                && zip(title.utf8, mark.utf8).allSatisfy {
                    ((0x41...0x5A).contains($0) ? $0 | 0x20 : $0) == $1
                }
        }
        markByteCount = mark?.utf8.count ?? 0
    }

    /// Whether there is a mark.
    var isDraft: Bool { markByteCount > 0 }

    /// Whether the titles are the same but for the marks and the spaces behind them.
    func saysTheSame(as other: DraftTitle) -> Bool { rest.elementsEqual(other.rest) }

    private var rest: Substring.UTF8View.SubSequence {
        title[...].utf8.dropFirst(markByteCount).drop { $0 == 0x20 }
    }
}
