import Foundation

/// How far a long command has come: one line on standard error that is written over, on a terminal alone.
struct ProgressLine {
    private let isShown = isatty(STDERR_FILENO) == 1
    private var text = ""

    /// Shows a text of ours in place of the last.
    mutating func show(_ text: String) {
        guard isShown, text != self.text else { return }
        clear()
        write(text)
        self.text = text
    }

    /// Leaves an empty line.
    mutating func clear() {
        guard !text.isEmpty else { return }
        write("\r" + String(repeating: " ", count: text.count) + "\r")
        text = ""
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
