import Events

/// A table for people: left-aligned columns, as wide as what stands in them.
struct Table {
    private let columns: [String]
    private var rows: [[String]] = []

    /// Characters of one cell, at most; the rest is cut off, as `--json` has it all.
    static let cellCharactersMax = 60

    init(_ columns: [String]) {
        self.columns = columns
    }

    /// Adds a row; what is missing shows as a dash.
    mutating func add(_ cells: [String?]) {
        precondition(cells.count == columns.count, "a row has a cell for each column")
        rows.append(cells.map(Self.cell))
    }

    /// The lines of the table, the heads first.
    var lines: [String] {
        let all = [columns] + rows
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = zip(row, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// Text from outside can hold anything: also line feeds, which would break the table.
    private static func cell(_ text: String?) -> String {
        guard let text, !text.isEmpty else { return "-" }
        let safe = HarmlessText.line(text)
        guard safe.count > cellCharactersMax else { return safe }
        return safe.prefix(cellCharactersMax - 1) + "…"
    }
}
