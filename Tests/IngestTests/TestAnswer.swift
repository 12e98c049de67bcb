/// An answer as a client reads it.
struct TestAnswer: Hashable {
    var status: Int
    var fields: [String: String]
    var body: String

    /// Whether the server says that the connection ends.
    var closes: Bool { fields["connection"] == "close" }

    /// Takes the first whole answer off the front of the text; nil while it is not complete.
    static func take(from text: inout String, isToHEAD: Bool = false) -> TestAnswer? {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let lines = text[..<end.lowerBound].split(separator: "\r\n")
        let words = lines.first?.split(separator: " ") ?? []
        guard words.count > 1, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstRange(of: ": ") else { return nil }
            fields[line[..<colon.lowerBound].lowercased()] = String(line[colon.upperBound...])
        }
        let length = isToHEAD ? 0 : fields["content-length"].flatMap { Int($0) } ?? 0
        let rest = text[end.upperBound...]
        guard rest.utf8.count >= length else { return nil }
        let body = String(rest.prefix(length))
        text = String(rest.dropFirst(length))
        return TestAnswer(status: status, fields: fields, body: body)
    }

    /// All the answers in a text.
    static func all(in text: String) -> [TestAnswer] {
        var text = text
        var answers: [TestAnswer] = []
        while let answer = take(from: &text) { answers.append(answer) }
        return answers
    }
}
