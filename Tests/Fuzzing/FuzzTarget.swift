import Foundation
import Providers

/// What libFuzzer calls, and what the environment tells it.
enum FuzzTarget {
    /// Names the provider that takes the inputs.
    static let providerVariable = "FORGEWIRE_FUZZ_PROVIDER"
    /// Names the folder that every provider's seeds are written to; then nothing else is done.
    static let seedsVariable = "FORGEWIRE_FUZZ_SEEDS"
    /// Has every request shown before it is admitted.
    static let showVariable = "FORGEWIRE_FUZZ_SHOW"

    /// The provider that the environment names.
    static let provider: FuzzedProvider = {
        let provider = environment[providerVariable].flatMap(ProviderCatalog.standard.named)
        guard let provider else {
            let names = ProviderCatalog.standard.names.joined(separator: ", ")
            fatalError("\(providerVariable) must be one of \(names)")
        }
        return FuzzedProvider(provider, showsRequests: environment[showVariable] != nil)
    }()

    private static let environment = ProcessInfo.processInfo.environment

    /// Writes a folder for each provider, with a corpus to begin with and a dictionary, if the environment
    /// says where.
    ///
    /// - Returns: Whether it does.
    static func writeSeeds() throws -> Bool {
        guard let path = environment[seedsVariable] else { return false }
        for provider in ProviderCatalog.standard.all {
            let folder = URL(filePath: path, directoryHint: .isDirectory).appending(path: provider.name)
            let seeds = folder.appending(path: "seeds")
            try FileManager.default.createDirectory(at: seeds, withIntermediateDirectories: true)
            let fuzzed = FuzzedProvider(provider)
            for (index, seed) in fuzzed.seeds.enumerated() {
                try Data(seed).write(to: seeds.appending(path: "\(index)"))
            }
            let words = fuzzed.dictionary.map { "\($0)\n" }.joined()
            try Data(words.utf8).write(to: folder.appending(path: "dictionary"))
        }
        return true
    }
}

/// Called once, before the first input; what it is given are libFuzzer's own arguments.
@c(LLVMFuzzerInitialize)
package func initializeFuzzer(_ argumentCount: OpaquePointer?, _ arguments: OpaquePointer?) -> CInt {
    do {
        if try FuzzTarget.writeSeeds() { exit(EXIT_SUCCESS) }
    } catch {
        fatalError("the seeds could not be written: \(error)")
    }
    // Made now, so that a wrong name does not look like a bad input.
    _ = FuzzTarget.provider
    return 0
}

/// Called for every input; zero is the only answer there is for one that was taken.
@c(LLVMFuzzerTestOneInput)
package func takeInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // libFuzzer's bytes are that many and live until the return; the array is a copy.
    let input = unsafe [UInt8](UnsafeBufferPointer(start: start, count: start == nil ? 0 : count))
    FuzzTarget.provider.take(input)
    return 0
}
