import Providers
import Signatures

extension FuzzedProvider {
    /// Values that tend to be forgotten.
    private static let oddValues = [
        #""""#, "null", "true", "false", "0", "-1", "7", #""7""#, "1.5", "1e400", "{}", "[]", "[{}]",
        "[null]",
        "4294967296", "9223372036854775807", "-9223372036854775808", #""9223372036854775807""#,
        "9223372036854775808",
        #""\u0000""#, #""\ud800""#, #""\u0085""#, "\"\u{85}\"", "\"e\u{301}\u{1F1E9}\"", #"" ""#, #""\n""#,
        #""refs/heads/""#, #""refs/""#, #""/""#, #""0001-01-01T00:00:00Z""#,
        #""9999-12-31T23:59:59.999-14:00""#, #""0000000000000000000000000000000000000000""#,
    ]
    /// Longer than what may become a column, by little and by much.
    private static let longValues = [255, 256, 5000].map { "\"" + String(repeating: "x", count: $0) + "\"" }
    /// Pieces of what is no JSON.
    private static let otherWords = ["payload=", "%22", ",", ":", "sha256=", "\u{FEFF}"]
    /// libFuzzer takes no longer ones.
    private static let wordByteCountMax = 64

    /// What edits put into samples: half of it odd values, half the strings of all samples, of which many are
    /// words that mean something to the provider.
    static func values(from samples: [Sample]) -> [[UInt8]] {
        let strings = samples.flatMap { $0.body.split(separator: UInt8(ascii: "\"")) }
        let words = Set(strings).map { String(decoding: $0, as: UTF8.self) }.filter { word in
            word.utf8.allSatisfy { (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\\") }
        }
        let odd = oddValues + longValues
        let repeated = repeatElement(odd, count: words.count / odd.count + 1).flatMap(\.self)
        return (repeated + words.sorted().map { "\"\($0)\"" }).map { Array($0.utf8) }
    }

    /// Inputs to begin with: every sample to be edited, and the shortest one in all other ways.
    ///
    /// Bytes that change try the parser and what comes before it; few of them ever reach a mapping.
    var seeds: [[UInt8]] {
        let edits = [UInt8](repeating: 0, count: EditedJSON.editByteCount)
        let edited = samples.indices.map { index in
            [Way.edits.rawValue, UInt8(truncatingIfNeeded: index), 0] + edits
        }
        let shortest = samples.indices.min {
            samples[$0].body.count < samples[$1].body.count
        }
        return edited + (shortest.map(byteSeeds) ?? [])
    }

    /// The lines of a dictionary.
    var dictionary: [String] {
        let words = Set(values + Self.otherWords.map { Array($0.utf8) })
        return words.filter { $0.count <= Self.wordByteCountMax }.map { word in
            "\"" + word.map { "\\x" + Hexadecimal.encode([$0]) }.joined() + "\""
        }.sorted()
    }

    private func byteSeeds(_ index: Int) -> [[UInt8]] {
        let sample = samples[index]
        let event = UInt8(truncatingIfNeeded: eventNames.firstIndex(of: sample.event) ?? 0)
        let headers = source.secrets.indices.flatMap { secret in
            let request = Self.request(of: provider, sample.event, sample.body, source.secrets[secret])
            return headerNames.indices.map { name in
                let choice = UInt8(truncatingIfNeeded: secret * headerNames.count + name)
                let value = request.headers.only(headerNames[name]) ?? "a"
                return [Way.header.rawValue, UInt8(truncatingIfNeeded: index), choice] + Array(value.utf8)
            }
        }
        let form = Array("payload=".utf8) + Self.percentEncoded(sample.body)
        return headers + [
            [Way.json.rawValue, event, 0] + sample.body, [Way.form.rawValue, event, 0] + form,
        ]
    }

    private static func percentEncoded(_ bytes: [UInt8]) -> [UInt8] {
        bytes.flatMap { Array("%".utf8) + Array(Hexadecimal.encode([$0]).utf8) }
    }
}
