import Foundation

/// Links in Markdown lead somewhere.
enum MarkdownRules {
    /// Relative links to files that do not exist, and to headings that do not.
    ///
    /// - Parameters:
    ///   - file: The Markdown file.
    ///   - checkout: Where the links lead.
    /// - Returns: One violation for each dead link.
    static func deadLinks(_ file: SourceFile, in checkout: Checkout) -> [Violation] {
        links(in: file).compactMap { link in
            guard let message = problem(of: link.target, from: file, in: checkout) else { return nil }
            return file.violation(line: link.line, message)
        }
    }

    private static func problem(of target: String, from file: SourceFile, in checkout: Checkout) -> String? {
        guard target.firstMatch(of: /^[a-zA-Z][a-zA-Z0-9+.-]*:/) == nil else { return nil }
        let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let relative = String(parts.first ?? "").removingPercentEncoding ?? target
        let path = relative.isEmpty ? file.path : resolve(relative, from: file.path)
        guard let path, checkout.contains(path) else {
            return "`\(target)` leads to no file of the repository"
        }
        guard parts.count == 2, path.hasSuffix(".md") else { return nil }
        let headings = checkout.file(path).map(anchors) ?? []
        return headings.contains(String(parts[1])) ? nil : "`\(target)` leads to no heading of \(path)"
    }

    /// The path from the top of the repository; nil if it leads out of it.
    private static func resolve(_ relative: String, from path: String) -> String? {
        var folders = relative.hasPrefix("/") ? [] : Array(path.split(separator: "/").dropLast())
        for part in relative.split(separator: "/") where part != "." {
            if part != ".." {
                folders.append(part)
            } else if folders.popLast() == nil {
                return nil
            }
        }
        return folders.joined(separator: "/")
    }

    private struct Link {
        let target: String
        let line: Int
    }

    /// The targets of `[text](target)` and of `[name]: target`.
    private static func links(in file: SourceFile) -> [Link] {
        prose(of: file).flatMap { line, text -> [Link] in
            let plain = text.replacing(/`[^`]*`/, with: "")
            let inline = plain.matches(of: /\]\(<?([^)\s>]+)/).map(\.output.1)
            let defined = plain.firstMatch(of: /^ {0,3}\[[^\]]+\]: *<?([^\s>]+)/).map { [$0.output.1] } ?? []
            return (inline + defined).map { Link(target: String($0), line: line) }
        }
    }

    /// The anchors that a reader of the file can be led to, made as GitHub makes them.
    static func anchors(in file: SourceFile) -> Set<String> {
        var anchors: Set<String> = []
        for (_, text) in prose(of: file) {
            guard let heading = text.firstMatch(of: /^ {0,3}#{1,6} +(.*?) *#* *$/) else { continue }
            let name = slug(heading.output.1)
            var (anchor, copies) = (name, 0)
            while !anchors.insert(anchor).inserted {
                copies += 1
                anchor = "\(name)-\(copies)"
            }
        }
        return anchors
    }

    private static func slug(_ heading: Substring) -> String {
        let text = heading.replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.output.1 }.lowercased()
        let kept = text.filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
        return kept.replacing(" ", with: "-")
    }

    /// The lines outside of fenced code, numbered from 1.
    private static func prose(of file: SourceFile) -> [(line: Int, text: Substring)] {
        var fence: Substring?
        return file.lines.enumerated().compactMap { index, text in
            let mark = text.firstMatch(of: /^ {0,3}(```|~~~)/)?.output.1
            if let open = fence {
                if mark == open { fence = nil }
                return nil
            }
            fence = mark
            return mark == nil ? (index + 1, text) : nil
        }
    }
}
