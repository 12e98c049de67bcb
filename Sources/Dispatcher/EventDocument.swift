import Events
import FoundationEssentials

/// The event JSON as a command reads it from stdin and as an HTTP endpoint gets it.
///
/// - Parameters:
///   - attempt: What is delivered.
///   - includesPayload: Whether the bytes that the provider sent come along, as the last field: `payload`
///     if they are text (UTF-8), else `payloadBase64`.
/// - Returns: One JSON object, without a line feed.
/// - Throws: An error if the payload cannot be read.
package func eventDocument(_ attempt: Attempt, includesPayload: Bool) async throws -> [UInt8] {
    guard includesPayload else { return attempt.dispatch.json }
    let payload = try await attempt.payload()
    let field = payloadField(payload)
    var document: [UInt8] = []
    document.reserveCapacity(attempt.dispatch.json.count + field.count)
    document.append(contentsOf: attempt.dispatch.json.dropLast())
    document.append(UInt8(ascii: ","))
    document.append(contentsOf: field.dropFirst())
    return document
}

/// An object with the payload alone; its last brace is the one that ends the document.
private func payloadField(_ payload: [UInt8]) -> [UInt8] {
    // Room for the quotation marks of JSON in JSON, so that 25 MiB are not moved again and again.
    var json = JSONWriter(capacity: payload.count + payload.count / 4 + 64)
    json.object { json in
        if let text = String(validating: payload, as: UTF8.self) {
            json.field("payload", text)
        } else {
            json.field("payloadBase64", Data(payload).base64EncodedString())
        }
    }
    return json.bytes
}
