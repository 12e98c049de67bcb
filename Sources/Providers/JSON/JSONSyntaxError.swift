/// Why a text is not JSON, and where.
package struct JSONSyntaxError: CustomStringConvertible, Equatable, Error {
    /// What is wrong.
    package let reason: Reason
    /// The offset of the byte at which that shows, from the beginning of the text.
    package let offset: Int

    /// What can be wrong with a text.
    package enum Reason: String, CaseIterable, Sendable {
        case empty = "the text is empty"
        case invalidEscape = "invalid escape in a string"
        case invalidNumber = "invalid number"
        case invalidUTF8 = "invalid UTF-8 in a string"
        case missingColon = "expected a colon"
        case missingComma = "expected a comma or the end of the object or array"
        case missingKey = "expected a key in quotes"
        case missingValue = "expected a value"
        case rawControlCharacter = "control character in a string"
        case textAfterEnd = "text after the end"
        case tooDeep = "nested too deeply"
        case tooLong = "longer than 2 GiB"
        case tooManyValues = "too many values"
        case unexpectedEnd = "the text ends too early"
    }

    /// Both as a clause of a sentence.
    package var description: String { "\(reason.rawValue) at byte \(offset)" }
}
