extension JSONDocument {
    /// How many bytes the index of a text takes at most, while it grows too; known without reading the text
    /// as JSON.
    ///
    /// Every key and value but the first stands behind a comma, a colon or an opening bracket; those within
    /// strings count as well.
    package static func indexBytesMax(of text: [UInt8]) -> Int {
        let span = text.span
        var count = 1
        for index in span.indices {
            let byte = span[index]
            let isBehind =
                byte == JSONByte.comma || byte == JSONByte.colon || byte == JSONByte.openBrace
                || byte == JSONByte.openBracket
            count &+= isBehind ? 1 : 0
        }
        let entries = max(min(count, valueCountMax), text.count / JSONParser.byteCountPerEntryGuess)
        // Half as much again: while it grows, the old index is there beside the new one.
        return entries * MemoryLayout<JSONTapeEntry>.stride * 3 / 2
    }
}
