import Events
import Foundation
import TestKit
import Testing

/// `FieldNames.txt` lists every field that the event JSON ever had: kind, path and JSON type, one a line.
@Suite("The names of the event JSON")
struct FieldNameTests {
    @Test("No field that was ever written is gone, renamed or of another type")
    func noFieldVanishes() throws {
        let gone = try recordedFields().subtracting(try writtenFields())
        #expect(gone.isEmpty, "readers rely on these: \(gone.sorted())")
    }

    @Test("Every field that is written is on the list")
    func everyFieldIsRecorded() throws {
        let new = try writtenFields().subtracting(try recordedFields())
        #expect(new.isEmpty, "add to FieldNames.txt:\n\(new.sorted().joined(separator: "\n"))")
    }

    @Test("The list is sorted and names nothing twice")
    func listIsTidy() throws {
        let lines = try recordedLines()
        #expect(lines == Set(lines).sorted())
    }

    @Test("Filters know every field, and no other")
    func filterVocabulary() throws {
        let known = EventKind.allCases.flatMap { kind in
            EventField.all(of: kind).map { "\(kind.rawValue).\($0.path) \($0.type.rawValue)" }
        }
        #expect(Set(known).count == known.count)
        let recorded = try recordedFields().map { $0.replacing("[]", with: "") }
        #expect(known.sorted() == recorded.sorted())
    }

    @Test("Every field can be set, so that the list is whole")
    func nothingIsNull() throws {
        #expect(try writtenFields().filter { $0.hasSuffix(" null") } == [])
    }

    private func recordedFields() throws -> Set<String> { Set(try recordedLines()) }

    private func recordedLines() throws -> [String] {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "FieldNames.txt")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private func writtenFields() throws -> Set<String> {
        var fields: Set<String> = []
        for event in EventFactory.populated {
            let shape = try JSONDecoder().decode(JSONShape.self, from: Data(event.json.utf8))
            shape.collect(at: event.kind.rawValue, into: &fields)
        }
        return fields
    }
}

/// A JSON value without its content.
private indirect enum JSONShape: Decodable {
    case scalar(String)
    case array([JSONShape])
    case object([String: JSONShape])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let fields = try? value.decode([String: JSONShape].self) {
            self = .object(fields)
        } else if let elements = try? value.decode([JSONShape].self) {
            self = .array(elements)
        } else if (try? value.decode(Bool.self)) != nil {
            self = .scalar("boolean")
        } else if (try? value.decode(Int64.self)) != nil {
            self = .scalar("integer")
        } else {
            self = .scalar(value.decodeNil() ? "null" : "string")
        }
    }

    func collect(at path: String, into fields: inout Set<String>) {
        switch self {
        case .scalar(let type): fields.insert("\(path) \(type)")
        case .array(let elements):
            for element in elements { element.collect(at: "\(path)[]", into: &fields) }
        case .object(let members):
            for (name, shape) in members { shape.collect(at: "\(path).\(name)", into: &fields) }
        }
    }
}
