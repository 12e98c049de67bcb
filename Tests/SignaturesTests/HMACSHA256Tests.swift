import Signatures
import Testing

@Suite("HMAC-SHA256")
struct HMACSHA256Tests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let name: String
        let key: [UInt8]
        let message: [UInt8]
        let code: String

        var testDescription: String { name }
    }

    static let vectors = [
        Vector(
            name: "RFC 4231 case 1",
            key: Array(repeating: 0x0B, count: 20),
            message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        Vector(
            name: "RFC 4231 case 2",
            key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        Vector(
            name: "RFC 4231 case 6, a key longer than a block",
            key: Array(repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        Vector(
            name: "GitHub's documentation",
            key: Array("It's a Secret to Everybody".utf8),
            message: Array("Hello, World!".utf8),
            code: "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        ),
        Vector(
            name: "an empty message",
            key: Array("secret".utf8),
            message: [],
            code: "f9e66e179b6747ae54108f82f8ade8b3c25d76fd30afde6c395822c530196169"
        ),
    ]

    @Test("A code is that of the published vector", arguments: vectors)
    func publishedVectors(vector: Vector) {
        #expect(Hexadecimal.encode(HMACSHA256.code(of: vector.message, key: vector.key)) == vector.code)
    }

    @Test("A message in parts has the code of the whole", arguments: vectors)
    func parts(vector: Vector) {
        var computation = HMACSHA256(key: vector.key)
        for byte in vector.message { computation.update([byte]) }
        computation.update([])
        #expect(Hexadecimal.encode(computation.finish()) == vector.code)
    }

    @Test("An abandoned computation leaves the next one right")
    func abandoned() {
        for vector in Self.vectors {
            var computation = HMACSHA256(key: [1])
            computation.update([2])
            #expect(Hexadecimal.encode(HMACSHA256.code(of: vector.message, key: vector.key)) == vector.code)
        }
    }

    @Test("Many tasks at once get the codes that one gets")
    func concurrency() async {
        let message = Array(repeating: UInt8(ascii: "m"), count: 10_000)
        let expected = (1...16).map { HMACSHA256.code(of: message, key: [UInt8($0)]) }
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (1...16).allSatisfy {
                        HMACSHA256.code(of: message, key: [UInt8($0)]) == expected[$0 - 1]
                    }
                }
            }
            for await isEqual in group { #expect(isEqual) }
        }
    }
}
